"""The server object: what one connection knows, and the ways in which features get at the code.

Look-ups run one at a time on a thread of their own and take milliseconds; asks and explanations each have
their own thread (`rlm_code_lsp.runs`). Neither ever runs on the thread that reads and writes messages.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from lsprotocol.types import MessageType, PositionEncodingKind, ShowMessageParams, TextDocumentSyncKind
from pygls.lsp.server import LanguageServer
from pygls.protocol import default_converter

from rlm_code import __version__
from rlm_code.config import Settings
from rlm_code.errors import IndexStoreError, RlmCodeError, SourceError
from rlm_code_lsp.indexing import Indexing
from rlm_code_lsp.lookup import Lookup
from rlm_code_lsp.positions import Encoding
from rlm_code_lsp.protocol import Protocol
from rlm_code_lsp.roots import Root, Roots, document_below
from rlm_code_lsp.runs import Runs
from rlm_code_lsp.uris import path_of

if TYPE_CHECKING:
    from rlm_code.codebase.host import HostQueries

T = TypeVar("T")

_MOST_HEARD = 50


class RlmCodeServer(LanguageServer):
    """One connection to one client."""

    protocol: Protocol

    def __init__(self, settings: Settings) -> None:
        super().__init__(
            name="rlm-code",
            version=__version__,
            # Whole texts: pygls applies changes to lines that end at form feeds, and at U+2028.
            text_document_sync_kind=TextDocumentSyncKind.Full,
            protocol_cls=Protocol,
            converter_factory=default_converter,
        )
        self.settings = settings
        self.indexing = Indexing(self)
        self.roots = Roots(settings.cache_dir, self.indexing)
        self.runs = Runs()
        self._look_ups = ThreadPoolExecutor(max_workers=1, thread_name_prefix="look-up")
        self._closed = False

    @property
    def encoding(self) -> Encoding:
        """The units in which this client counts columns."""
        return PositionEncodingKind(self.workspace.position_encoding).value

    def take_folders(self) -> None:
        """Make the client's folders of now the ones that are looked at."""
        # The keys of pygls are decoded, so that a "#" in them would no longer be part of a name.
        uris = [folder.uri for folder in self.workspace.folders.values()] or [self.workspace.root_uri or ""]
        self.roots.set_folders([path for path in map(path_of, uris) if path])

    def buffers(self) -> dict[str, str]:
        """The text of every open document by absolute path."""
        found = ((path_of(document.uri), document.source) for document in self.workspace.text_documents.values())
        return {path: text for path, text in found if path}

    async def look_up(self, uri: str, work: Callable[[Lookup, str], T]) -> T | None:
        """What `work` finds for the file at `uri`, given its path; None if it is part of no open folder."""
        path = path_of(uri)
        root = self.roots.holding(path) if path else None
        if path is None or root is None:
            return None
        buffers = self.buffers()

        def find(queries: HostQueries) -> T | None:
            below = document_below(queries.snapshot.root, path)
            lookup = Lookup(root, queries, self.encoding)
            return work(lookup, below) if below and lookup.holds_text(below) else None

        found = await self._on_look_up_thread(lambda: root.answer(buffers, find))
        self._tell_news(root)
        return found

    async def look_up_everywhere(self, work: Callable[[Lookup], T]) -> list[T]:
        """What `work` finds in each repository that has a folder open. One that cannot be looked at is told of; where
        no other is left, its error is raised."""
        buffers = self.buffers()
        roots = list(self.roots)

        def find_all() -> list[T]:
            found: dict[Path, T] = {}
            failed: list[RlmCodeError] = []
            for root in roots:
                try:
                    root.answer(buffers, partial(find, found, root))
                except (SourceError, IndexStoreError) as error:
                    root.cannot_be_looked_at(error)
                    failed.append(error)
            if failed and not found:
                raise failed[0]
            return list(found.values())

        def find(found: dict[Path, T], root: Root, queries: HostQueries) -> None:
            top = queries.snapshot.root
            if top not in found:
                found[top] = work(Lookup(root, queries, self.encoding))

        found = await self._on_look_up_thread(find_all)
        for root in roots:
            self._tell_news(root)
        return found

    def hear_of(self, uris: list[str]) -> None:
        """The client says that these files changed on disk; very many are looked at as a whole."""
        paths = [path for path in map(path_of, uris) if path]
        for root in self.roots:
            inside = [path for path in paths if self.roots.holding(path) is root]
            for path in inside if len(inside) <= _MOST_HEARD else [None]:
                root.changed(path)

    def _tell_news(self, root: Root) -> None:
        for notice in root.news():
            self.window_show_message(ShowMessageParams(MessageType.Warning, f"RLM Code: {root.folder}: {notice}"))

    async def _on_look_up_thread(self, work: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._look_ups, work)

    @property
    def said_goodbye(self) -> bool:
        """Whether the client asked to shut down before it left."""
        return self.protocol.shut_down

    def close(self) -> None:
        """Let work under way end, and close what is open; once is enough."""
        if self._closed:
            return
        self._closed = True
        self.indexing.stop()
        self._look_ups.submit(self.roots.set_folders, [])
        self._look_ups.shutdown(wait=False)
