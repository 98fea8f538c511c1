"""Hears of open folders, saved documents and files that changed on disk."""

from __future__ import annotations

from lsprotocol.types import (
    INITIALIZE,
    INITIALIZED,
    SHUTDOWN,
    TEXT_DOCUMENT_DID_CHANGE,
    TEXT_DOCUMENT_DID_CLOSE,
    TEXT_DOCUMENT_DID_OPEN,
    TEXT_DOCUMENT_DID_SAVE,
    WORKSPACE_DID_CHANGE_WATCHED_FILES,
    WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS,
    DidChangeTextDocumentParams,
    DidChangeWatchedFilesParams,
    DidChangeWatchedFilesRegistrationOptions,
    DidChangeWorkspaceFoldersParams,
    DidCloseTextDocumentParams,
    DidOpenTextDocumentParams,
    DidSaveTextDocumentParams,
    FileSystemWatcher,
    InitializedParams,
    InitializeParams,
    Registration,
    RegistrationParams,
)
from pygls.capabilities import get_capability

from rlm_code_lsp.language_server import RlmCodeServer

_WATCHES = "workspace.did_change_watched_files.dynamic_registration"


def register(server: RlmCodeServer) -> None:
    """Let `server` follow what the client opens and what changes."""
    _follow_the_connection(server)
    _follow_the_disk(server)

    # pygls keeps the texts; it must see these handlers to tell the client that it wants them.
    @server.feature(TEXT_DOCUMENT_DID_OPEN)
    def _opened(params: DidOpenTextDocumentParams) -> None:
        pass

    @server.feature(TEXT_DOCUMENT_DID_CHANGE)
    def _changed(params: DidChangeTextDocumentParams) -> None:
        pass

    @server.feature(TEXT_DOCUMENT_DID_CLOSE)
    def _closed(params: DidCloseTextDocumentParams) -> None:
        pass


def _follow_the_connection(server: RlmCodeServer) -> None:
    @server.feature(INITIALIZE)
    def _initialize(params: InitializeParams) -> None:
        server.take_folders()

    @server.feature(INITIALIZED)
    async def _initialized(params: InitializedParams) -> None:
        server.indexing.start()
        if get_capability(server.client_capabilities, _WATCHES):
            options = DidChangeWatchedFilesRegistrationOptions(watchers=[FileSystemWatcher(glob_pattern="**/*")])
            watch = Registration("rlm-code-files", WORKSPACE_DID_CHANGE_WATCHED_FILES, options)
            await server.client_register_capability_async(RegistrationParams([watch]))

    @server.feature(WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS)
    def _folders(params: DidChangeWorkspaceFoldersParams) -> None:
        server.take_folders()

    @server.feature(SHUTDOWN)
    def _shutdown(params: None) -> None:
        server.close()


def _follow_the_disk(server: RlmCodeServer) -> None:
    """The server watches the disk itself; a client may know of a change where the system tells of none."""

    @server.feature(TEXT_DOCUMENT_DID_SAVE)
    def _saved(params: DidSaveTextDocumentParams) -> None:
        server.hear_of([params.text_document.uri])

    @server.feature(WORKSPACE_DID_CHANGE_WATCHED_FILES)
    def _on_disk(params: DidChangeWatchedFilesParams) -> None:
        server.hear_of([change.uri for change in params.changes])
