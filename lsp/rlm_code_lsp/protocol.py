"""JSON-RPC as pygls speaks it, with its silences filled: whatever is asked gets a response.

pygls 2.1 drops a request whose params do not fit, one that comes after `shutdown`, and turns the params of
methods it does not know into named tuples. It also logs what it sends and receives, which is code.
"""

from __future__ import annotations

import logging
from collections.abc import Generator
from typing import Any

from lsprotocol.types import INITIALIZE, InitializeParams, InitializeResult, LSPErrorCodes
from pygls.exceptions import (
    JsonRpcException,
    JsonRpcInternalError,
    JsonRpcInvalidParams,
    JsonRpcInvalidRequest,
    JsonRpcMethodNotFound,
    JsonRpcServerNotInitialized,
)
from pygls.protocol import JsonRPCNotification, JsonRPCRequestMessage, LanguageServerProtocol, lsp_method
from pygls.protocol.json_rpc import MsgId

from rlm_code.errors import RlmCodeError

logger = logging.getLogger(__name__)

_OWN = "rlmCode/"

EXPERIMENTAL = {"rlmCode": {"ask": True, "explain": True}}


class Unfit:
    """In place of params that do not fit their method."""


class Protocol(LanguageServerProtocol):
    """One connection. Params of our own methods stay plain JSON values."""

    @property
    def shut_down(self) -> bool:
        """Whether the client has asked to shut down."""
        return self._shutdown

    @lsp_method(INITIALIZE)
    def lsp_initialize(self, params: InitializeParams) -> Generator[Any, Any, InitializeResult]:
        """What this server can do, our own requests among it."""
        result = yield from super().lsp_initialize(params)
        result.capabilities.experimental = EXPERIMENTAL
        return result

    def structure_message(self, data: dict[str, Any]) -> Any:
        """The message in `data`, or `data` itself where it is part of one."""
        if "jsonrpc" not in data:
            return data
        method = data.get("method")
        if isinstance(method, str) and method.startswith(_OWN):
            return _plain(data, data.get("params"))
        try:
            return super().structure_message(data)
        except (JsonRpcInvalidParams, JsonRpcInternalError):
            if method is None:
                raise
            return _plain(data, Unfit())

    def _handle_request(self, msg_id: MsgId, method_name: str, params: Any) -> None:
        refusal = self._refusal(method_name, params)
        if refusal is None:
            super()._handle_request(msg_id, method_name, params)
        else:
            self._send_response(msg_id, error=refusal.to_response_error())

    def _handle_notification(self, method_name: str, params: Any) -> None:
        if isinstance(params, Unfit):
            logger.warning("ignored a notification %s whose params do not fit", method_name)
        else:
            super()._handle_notification(method_name, params)

    def handle_message(self, message: Any) -> None:
        """Act on one message."""
        if self._shutdown and hasattr(message, "method") and hasattr(message, "id"):
            error = JsonRpcInvalidRequest("the server is shutting down")
            self._send_response(message.id, error=error.to_response_error())
        else:
            super().handle_message(message)

    def _send_handler_result(self, future: Any, *, msg_id: MsgId) -> None:
        error = None if future.cancelled() else future.exception()
        if isinstance(error, RlmCodeError):
            self._request_futures.pop(msg_id, None)
            self._send_response(msg_id, error=request_error(error).to_response_error())
            return
        if error is not None and not isinstance(error, JsonRpcException):
            logger.error("a request failed; this is a bug in rlm-code", exc_info=error)
        super()._send_handler_result(future, msg_id=msg_id)

    def _refusal(self, method: str, params: Any) -> JsonRpcException | None:
        if self._workspace is None and method != INITIALIZE:
            return JsonRpcServerNotInitialized("the first request must be initialize")
        if self._workspace is not None and method == INITIALIZE:
            return JsonRpcInvalidRequest("initialize may be sent once")
        if isinstance(params, Unfit):
            return self._unknown(method) or JsonRpcInvalidParams(f"the params do not fit {method}")
        return None

    def _unknown(self, method: str) -> JsonRpcException | None:
        """What a client is told of a method that nothing here answers."""
        try:
            self._get_handler(method)
        except JsonRpcMethodNotFound as unknown:
            return unknown
        return None


def request_error(error: RlmCodeError) -> JsonRpcException:
    """How a client is told of one of our errors: `data` holds its stable code and what to do about it."""
    code = JsonRpcInvalidParams.CODE if error.code == "config" else LSPErrorCodes.RequestFailed.value
    return JsonRpcException(message=str(error), code=code, data={"code": error.code, "hint": error.hint})


def _plain(data: dict[str, Any], params: Any) -> JsonRPCRequestMessage | JsonRPCNotification:
    if "id" in data:
        return JsonRPCRequestMessage(data["id"], data["method"], data["jsonrpc"], params)
    return JsonRPCNotification(data["method"], data["jsonrpc"], params)
