"""A definition is found by the name under which others import it, wherever it stands."""

import pytest

from rlm_code.codebase.open import open_host
from rlm_code.index.public_names import publicly_named
from tests.conftest import MakeRepository

PYTHON = {
    "src/shop/__init__.py": (
        "from ._client import *\nfrom ._client import charge as pay\nfrom . import _units as units\n"
    ),
    "src/shop/_client.py": (
        "class Base:\n    def close(self): ...\n\n\nclass Client(Base): ...\n\n\ndef charge(): ...\n"
    ),
    "src/shop/_units.py": "def cents(): ...\n",
    "tests/test_shop.py": "class Client: ...\n",
}
RUST = {
    "Cargo.toml": '[workspace]\nmembers = ["shop-core"]\n',
    "shop-core/Cargo.toml": '[package]\nname = "shop-core"\n',
    "shop-core/src/lib.rs": "mod client;\npub mod pay;\ncfg_client! { pub use client::Client; }\n",
    "shop-core/src/client.rs": "pub struct Client;\nimpl Client { pub fn close(&self) {} }\n",
    "shop-core/src/pay.rs": "pub fn charge() {}\npub struct Card;\nimpl Card { pub fn block(&self) {} }\n",
}
GO = {
    "go.mod": "module example.com/shop\n",
    "shop.go": "package shop\n\ntype Client struct{}\n\nfunc (c *Client) Close() {}\n",
    "pay/pay.go": "package pay\n\nfunc Charge() {}\n",
}
SCRIPT = {
    "package.json": '{"name": "root", "workspaces": ["packages/*"]}',
    "packages/shop/package.json": '{"name": "@acme/shop", "main": "src/index.ts"}',
    "packages/shop/src/index.ts": 'export { Client, charge as pay } from "./client";\n',
    "packages/shop/src/client.ts": "export class Client { close() {} }\nexport function charge() {}\n",
}


@pytest.mark.parametrize(
    ("files", "name", "meant"),
    [
        (PYTHON, "shop.Client", "src/shop/_client.py:Client"),
        (PYTHON, "shop.Client.close", "src/shop/_client.py:close"),
        (PYTHON, "shop.pay", "src/shop/_client.py:charge"),
        (PYTHON, "shop.units.cents", "src/shop/_units.py:cents"),
        (PYTHON, "shop.nothing", None),
        (PYTHON, "json.dumps", None),
        (RUST, "shop_core::Client", "shop-core/src/client.rs:Client"),
        (RUST, "shop_core::Client::close", "shop-core/src/client.rs:close"),
        (RUST, "shop_core::pay::charge", "shop-core/src/pay.rs:charge"),
        (RUST, "shop_core::pay::block", None),
        (GO, "example.com/shop.Client.Close", "shop.go:Close"),
        (GO, "example.com/shop/pay.Charge", "pay/pay.go:Charge"),
        (GO, "example.com/shop.Close", None),
        (SCRIPT, "@acme/shop.Client.close", "packages/shop/src/client.ts:close"),
        (SCRIPT, "@acme/shop.pay", "packages/shop/src/client.ts:charge"),
    ],
)
def test_public_names(make_repository: MakeRepository, files: dict[str, str], name: str, meant: str | None) -> None:
    queries = open_host(make_repository(files))
    found = publicly_named(queries._links, name)
    places = [f"{target.path}:{queries._index.view(target.path).definitions[target.at].name}" for target in found]
    assert places == ([meant] if meant else [])
    assert [f"{row.path}:{row.name}" for row in queries.find(name, None, 5)] == places
    queries.close()
