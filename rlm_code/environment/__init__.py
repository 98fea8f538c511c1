"""The names that cells see: `repo`, `llm_query`, `submit`, `budget` and the rest, built inside the worker.

`build(host)` makes them in the worker; `describe()` is their reference for a system prompt, generated
from the code. This package knows what to ask of the host and not how the host does it. Standard
library, `text` and `codebase`'s handles only. Besides the names below, the sandbox itself puts `out` there.

What the environment calls on its host (`WorkerHost.call(method, *arguments)`):

| method              | arguments                          | result                                    | stops clock |
|---------------------|------------------------------------|-------------------------------------------|-----|
| `repo.<query>`      | as in `codebase.queries.Queries`   | its rows, as lists                        | no  |
| `evidence`          | touched: [path], matched: [path]   | null                                      | no  |
| `llm_query_batched` | prompts: [str]                     | [reply], in order of prompts              | yes |
| `rlm_query_batched` | tasks: [str], within: [[str] or null] | [reply], in order of tasks             | yes |
| `submit`            | answer: str, citations: [citation] | {"accepted": true} or {"problems": [str]} | no  |
| `budget`            |                                    | {limit: {"spent": n, "allowed": n or null}} | no |
| `function.<name>`   | as the user's function declares    | its result                                | yes |

within    what each child is shown: patterns as `codebase.globs` reads them and paths, null for all of the parent's.
reply     {"text": str, "error": str or null, "truncated": bool,
           "usage": {"input_tokens": int, "output_tokens": int, "cost_usd": number or null}}
          of `rlm_query_batched` also "citations": [citation], each with its lines and quote, so that a parent may
          submit them. A failed call is a reply with `error` set and `text` "" and never an exception.
citation  {"path": str, "start_line": int, "end_line": int}, 1-based and inclusive, at most 60 lines;
          or {"path": str, "quote": str} with the exact text of whole or part lines; or all four, to be compared;
          or {"problem": str} in the place of what could not be cited, with the reason.
submit    takes a third argument, incomplete: str, where the question is not wholly answered: what is missing. The
          answer is then delivered as a partial one.
problems  one sentence each for the language model to act on. One about a citation starts with "citation N: ", N
          counting from 1 in the list that was sent. They raise SubmitError in the cell, so that its status is
          "error"; the host keeps an accepted answer only if the cell ends without an error.
evidence  `touched`: files whose text code looked at, `matched`: files in which a search hit. Both are sent at the
          moment it happens, each path once in the life of a worker, many paths in one call; both are empty where a
          search found nothing. That text was *shown* to a model only the host can tell, by comparing a cell's output
          with the lines of touched files.
limits    names such as "turns", "calls", "tokens", "cost_usd", "seconds", "depth"; `allowed` null is no limit.

Where sub-queries are off, the host leaves their methods out of the namespace and `describe` out of the prompt.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import rlm_code.codebase.explain  # noqa: F401  handles load it when they need it: too late where no file is read
from rlm_code.codebase import Draft, Repo
from rlm_code.codebase.remote import RemoteQueries
from rlm_code.environment.names import Environment, Functions, SubmitError

if TYPE_CHECKING:
    from collections.abc import Collection

    from rlm_code.sandbox.protocol import WorkerHost

__all__ = ["SUB_QUERIES", "SubmitError", "build", "describe"]

SUB_QUERIES = ("llm_query", "llm_query_batched", "rlm_query", "rlm_query_batched")


def build(host: WorkerHost) -> dict[str, object]:
    """The names that cells see, over a host as described above."""
    queries = RemoteQueries(host.call, host.shared)
    environment = Environment(host.call)
    functions = {name: getattr(environment, name) for name in (*SUB_QUERIES, "submit", "budget")}
    own = Functions(host.call)
    return {"repo": Repo(queries, queries.matched), "Draft": Draft, "functions": own, **functions}


def describe(sub_queries: Collection[str] = SUB_QUERIES) -> str:
    """The reference of these names for a system prompt, with those sub-queries alone that this run offers."""
    from rlm_code.environment.reference import reference

    return reference(sub_queries)
