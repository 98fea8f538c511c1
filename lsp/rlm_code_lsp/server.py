"""`rlm-code-lsp`: the language server over standard input and output."""

from __future__ import annotations

import argparse
import gc
import logging
import sys

from rlm_code import __version__
from rlm_code.config import Settings, read_settings
from rlm_code.errors import ConfigError

_NEW_OBJECTS = 100_000
"""So many, not 700, before unused ones are looked for: answers leave none, and looking for them takes an eighth of
their time."""


def main(argv: list[str] | None = None) -> int:
    """Serve one client until it leaves; 0 if it said goodbye as the protocol asks."""
    parser = argparse.ArgumentParser(
        prog="rlm-code-lsp", description="The language server of rlm-code, over standard input and output."
    )
    parser.add_argument("--version", action="version", version=f"rlm-code-lsp {__version__}")
    parser.add_argument("--stdio", action="store_true", help="accepted because many clients pass it; always so")
    parser.parse_args(argv)
    try:
        settings = read_settings()
    except ConfigError as error:
        sys.stderr.write(f"rlm-code-lsp: {error}\n")
        return 2
    return serve(settings)


def serve(settings: Settings) -> int:
    """Serve on this process's standard input and output."""
    gc.set_threshold(_NEW_OBJECTS)
    logging.basicConfig(stream=sys.stderr, level=logging.INFO, format="%(levelname)s %(name)s: %(message)s")
    # pygls logs whole messages, and those hold code.
    logging.getLogger("pygls").setLevel(logging.CRITICAL + 1)

    from rlm_code_lsp import (
        ask,
        call_hierarchy,
        definition,
        document_symbols,
        explain,
        files,
        hover,
        implementation,
        references,
        workspace_symbols,
    )
    from rlm_code_lsp.language_server import RlmCodeServer

    server = RlmCodeServer(settings)
    look_ups = (document_symbols, workspace_symbols, definition, references, implementation, call_hierarchy, hover)
    for feature in (files, *look_ups, ask, explain):
        feature.register(server)
    server.start_io()
    server.close()
    return 0 if server.said_goodbye else 1


if __name__ == "__main__":
    sys.exit(main())
