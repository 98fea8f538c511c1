"""How the stand-in for the Messages API counts tokens, remembers prefixes and signs reasoning.

A token is four bytes of a block's JSON in UTF-8, rounded up: a stand-in for the real tokenizer that anybody can
check by hand. Prefixes are compared for what they are: the chain of tools, system and message blocks, without
their `cache_control` marks. An entry is found at a mark or up to nineteen blocks before it, and none is made for
fewer than `minimum` tokens. Unlike the real thing entries are there at once and never expire.
"""

from __future__ import annotations

import hashlib
import json
import threading
from dataclasses import dataclass
from typing import Any

LOOKBACK_BLOCKS = 20


@dataclass(frozen=True)
class Entry:
    """One block of a prompt. `chain` identifies it and all before it; `tokens` counts these too."""

    role: str
    block: dict[str, Any]
    chain: str
    tokens: int


@dataclass(frozen=True)
class Counted:
    """The prompt's tokens as usage reports them."""

    input_tokens: int
    cache_read_input_tokens: int
    cache_creation_input_tokens: int
    cache_creation_1h_tokens: int = 0

    def as_json(self) -> dict[str, Any]:
        written, hour = self.cache_creation_input_tokens, self.cache_creation_1h_tokens
        return {
            "input_tokens": self.input_tokens,
            "cache_read_input_tokens": self.cache_read_input_tokens,
            "cache_creation_input_tokens": written,
            "cache_creation": {"ephemeral_5m_input_tokens": written - hour, "ephemeral_1h_input_tokens": hour},
        }


def tokens_of(text: str) -> int:
    return -(-len(text.encode()) // 4)


def canonical(block: dict[str, Any]) -> str:
    """The block's JSON without its mark, its own keys sorted; those of a tool's input keep their order, which is
    part of what a model reads. Lone surrogates are U+FFFD, as they are for any client that speaks UTF-8."""
    bare = {key: block[key] for key in sorted(block) if key != "cache_control"}
    text = json.dumps(bare, ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def as_blocks(content: Any) -> list[dict[str, Any]]:
    return [{"type": "text", "text": content}] if isinstance(content, str) else list(content)


def extended(entries: list[Entry], role: str, block: dict[str, Any]) -> list[Entry]:
    """The entries and one more block after them. Blank texts count for nothing, since clients must drop them."""
    if block.get("type") == "text" and not block["text"].strip():
        return entries
    before = entries[-1] if entries else Entry("", {}, "", 0)
    text = canonical(block)
    chain = hashlib.sha256(f"{before.chain}\0{role}\0{text}".encode()).hexdigest()
    return [*entries, Entry(role, block, chain, before.tokens + tokens_of(text))]


def entries_of(body: dict[str, Any]) -> list[Entry]:
    """The prompt's blocks in the order in which they are read: tools, system, messages."""
    entries: list[Entry] = []
    for tool in body.get("tools", []):
        entries = extended(entries, "tool", tool)
    for block in as_blocks(body.get("system", [])):
        entries = extended(entries, "system", block)
    for message in body["messages"]:
        for block in as_blocks(message["content"]):
            entries = extended(entries, message["role"], block)
    return entries


def signature(before: list[Entry], thinking: str) -> str:
    """What binds a piece of reasoning to the conversation before it."""
    chain = before[-1].chain if before else ""
    return hashlib.sha256(f"{chain}\0{thinking}".encode()).hexdigest()


class PromptCache:
    """The prefixes that earlier requests asked to keep."""

    def __init__(self, minimum: int = 512) -> None:
        self.minimum = minimum
        self._known: set[str] = set()
        self._lock = threading.Lock()

    def count(self, body: dict[str, Any]) -> Counted:
        """The prompt's tokens by kind; remembers what `body` marks."""
        entries = entries_of(body)
        marks = [index for index, entry in enumerate(entries) if "cache_control" in entry.block]
        if "cache_control" in body:
            marks.append(len(entries) - 1)
        marks = [mark for mark in marks if entries[mark].tokens >= self.minimum]
        total = entries[-1].tokens
        if not marks:
            return Counted(total, 0, 0)
        with self._lock:
            read = max(self._found(body, entries, mark) for mark in marks)
            self._known.update(self._key(body, entries[mark]) for mark in marks)
        kept = max(entries[marks[-1]].tokens, read)
        hour = entries[marks[-1]].block.get("cache_control", {}).get("ttl") == "1h"
        return Counted(total - kept, read, kept - read, kept - read if hour else 0)

    def _found(self, body: dict[str, Any], entries: list[Entry], mark: int) -> int:
        for entry in reversed(entries[max(0, mark - LOOKBACK_BLOCKS + 1) : mark + 1]):
            if self._key(body, entry) in self._known:
                return entry.tokens
        return 0

    def _key(self, body: dict[str, Any], entry: Entry) -> str:
        settings = () if entry.role in ("tool", "system") else (body.get("thinking"), body.get("tool_choice"))
        return f"{body['model']}\0{settings}\0{entry.chain}"
