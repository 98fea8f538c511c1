"""The Messages API as Bedrock and Vertex AI serve it: other paths, other ways to sign in, and Bedrock's own framing."""

from __future__ import annotations

import base64
import json
import re
import threading
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote

from tests.lm.messages_server import MessagesServer
from tests.lm.scripted_server import Recorded, RefusedError

REGION = "eu-test-1"
ACCESS_KEY, SECRET_KEY = "AKIDEXAMPLE", "a secret"
PROJECT, TOKEN = "a-project", "ya29.token"


class BedrockServer(MessagesServer):
    """Signatures are computed again with botocore, from what arrived."""

    request_id_header = "x-amzn-requestid"
    stream_type = "application/vnd.amazon.eventstream"
    secret = SECRET_KEY

    def check(self, path: str, headers: dict[str, str], body: dict[str, Any]) -> None:
        match = re.fullmatch(r"/model/([^/]+)/invoke-with-response-stream", path)
        if not match:
            raise RefusedError("UnknownOperationException", 404)
        expected = self._signature(path, headers, self.recorded[-1].data)
        if not headers.get("authorization", "").endswith(f"Signature={expected}"):
            raise RefusedError("The request signature we calculated does not match the signature you provided.", 403)
        if body.pop("anthropic_version", None) != "2026-10-21":
            raise RefusedError("anthropic_version: Field required")
        model = re.search(r"claude-[\w-]+?(?=-v\d|$)", unquote(match[1]))
        assert model
        body |= {"model": model[0], "stream": True}
        headers |= {"x-api-key": self.key, "anthropic-version": "2023-06-01"}
        super().check("/v1/messages", headers, body)

    def error(
        self, record: Recorded, status: int, message: str, kind: str | None = None, code: str | None = None
    ) -> dict[str, Any]:
        return {"message": message}

    def error_event(self, record: Recorded, kind: str) -> dict[str, Any]:
        return {"exception": kind, "message": kind}

    def frame(self, event: dict[str, Any]) -> bytes:
        if "exception" in event:
            headers = {":message-type": "exception", ":exception-type": event["exception"]}
            return _framed(headers, {"message": event["message"]})
        headers = {":message-type": "event", ":event-type": "chunk", ":content-type": "application/json"}
        return _framed(headers, {"bytes": base64.b64encode(json.dumps(event).encode()).decode()})

    def _signature(self, path: str, headers: dict[str, str], data: bytes) -> str:
        from botocore.auth import SigV4Auth
        from botocore.awsrequest import AWSRequest
        from botocore.credentials import Credentials

        match = re.search(r"Credential=(\S+?)/.*SignedHeaders=([^,]+)", headers.get("authorization", ""))
        if not match or match[1] != ACCESS_KEY:
            raise RefusedError("The security token included in the request is invalid.", 403)
        signed = {name: headers[name] for name in match[2].split(";")}
        request = AWSRequest("POST", f"{self.url}{path}", data=data, headers=signed)
        request.context["timestamp"] = headers["x-amz-date"]
        auth = SigV4Auth(Credentials(ACCESS_KEY, self.secret), "bedrock", REGION)
        return str(auth.signature(auth.string_to_sign(request, auth.canonical_request(request)), request))


def _framed(headers: dict[str, str], payload: dict[str, Any]) -> bytes:
    """A message of Amazon's event streams: lengths, a checksum, headers, the payload, a checksum."""
    body = json.dumps(payload).encode()
    packed = b"".join(
        bytes([len(name)]) + name.encode() + b"\x07" + len(value).to_bytes(2, "big") + value.encode()
        for name, value in headers.items()
    )
    prelude = (16 + len(packed) + len(body)).to_bytes(4, "big") + len(packed).to_bytes(4, "big")
    message = prelude + zlib.crc32(prelude).to_bytes(4, "big") + packed + body
    return message + zlib.crc32(message).to_bytes(4, "big")


class VertexServer(MessagesServer):
    """Takes the token that a service account is given."""

    secret = TOKEN

    @property
    def url(self) -> str:
        return f"{super().url}/v1"

    def check(self, path: str, headers: dict[str, str], body: dict[str, Any]) -> None:
        parent = f"/v1/projects/{PROJECT}/locations/{REGION}/publishers/anthropic/models"
        match = re.fullmatch(f"{parent}/([^/:]+):streamRawPredict", unquote(path))
        if not match:
            raise RefusedError(f"The requested URL {path} was not found.", 404)
        if headers.get("authorization") != f"Bearer {self.secret}":
            raise RefusedError("Request had invalid authentication credentials.", 401)
        if body.pop("anthropic_version", None) != "2026-10-21":
            raise RefusedError("anthropic_version: Field required")
        body["model"] = match[1]
        headers |= {"x-api-key": self.key, "anthropic-version": "2023-06-01"}
        super().check("/v1/messages", headers | {"authorization": ""}, body)


class _Tokens(BaseHTTPRequestHandler):
    asked: list[dict[str, list[str]]]

    def log_message(self, *_: object) -> None: ...

    def do_POST(self) -> None:
        self.asked.append(parse_qs(self.rfile.read(int(self.headers["content-length"])).decode()))
        data = json.dumps({"access_token": TOKEN, "expires_in": 3600, "token_type": "Bearer"}).encode()
        self.send_response(200)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)


@contextmanager
def service_account(folder: Path) -> Iterator[tuple[Path, list[dict[str, list[str]]]]]:
    """The key file of a service account whose tokens a server here gives out, and what that server was asked."""
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric import rsa

    asked: list[dict[str, list[str]]] = []
    http = ThreadingHTTPServer(("127.0.0.1", 0), type("Tokens", (_Tokens,), {"asked": asked}))
    thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    pem = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    account = {
        "type": "service_account",
        "project_id": PROJECT,
        "private_key": pem.decode(),
        "client_email": "tests@example.com",
        "token_uri": f"http://127.0.0.1:{http.server_address[1]}/token",
    }
    path = folder / "account.json"
    path.write_text(json.dumps(account))
    try:
        yield path, asked
    finally:
        http.shutdown()
        http.server_close()
        thread.join(10)
