"""Uses of JavaScript and TypeScript definitions: modules, workspaces, classes."""

from tests.conftest import MakeRepository
from tests.index.marked import check, host_of


def test_modules(make_repository: MakeRepository) -> None:
    check(
        make_repository,
        {
            "src/pay.ts": "export function charge(a) {} // !def\n\nfunction f() {\n  charge('1'); // !exact\n}\n",
            "src/a.ts": "import { charge } from './pay'; // !exact\ncharge('1'); // !exact\n",
            "src/b.ts": "import { charge as c } from './pay.js'; // !exact\nc('1'); // !exact\n",
            "src/c.ts": "import * as pay from './pay';\npay.charge('1'); // !exact\n",
            "src/index.ts": "export { charge } from './pay'; // !exact\nexport * from './a';\n",
            "src/d.js": "const { charge } = require('./pay');\ncharge('1'); // !exact\n",
            "src/e.js": "const pay = require('./pay');\npay.charge('1'); // !exact\n",
            "src/f.ts": "import { charge } from '.'; // !exact\nfunction f(charge) { charge(1); }\n",
            "src/g.ts": "import { charge } from 'elsewhere';\ncharge();\n",
            "src/h.ts": "function g() { const charge = 1; return charge; }\n",
        },
    )


def test_default_exports(make_repository: MakeRepository) -> None:
    check(
        make_repository,
        {
            "pay.ts": "export default function charge() {} // !def\n",
            "a.ts": "import pay from './pay'; // !exact\npay(); // !exact\n",
            "b.ts": "import { default as other } from './pay'; // !exact\nother(); // !exact\n",
        },
    )


def test_exports_under_another_name(make_repository: MakeRepository) -> None:
    check(
        make_repository,
        {
            "pay.ts": "function charge() {} // !def\nexport { charge as pay }; // !exact\n",
            "a.ts": "import { pay } from './pay'; // !exact\npay(); // !exact\n",
        },
    )


def test_packages_of_a_workspace_and_paths_of_tsconfig(make_repository: MakeRepository) -> None:
    check(
        make_repository,
        {
            "packages/pay/package.json": '{"name": "@shop/pay", "main": "./lib/main.js"}',
            "packages/pay/src/main.ts": "export { charge } from './charge'; // !exact\n",
            "packages/pay/src/charge.ts": "export function charge() {} // !def\n",
            "packages/app/a.ts": "import { charge } from '@shop/pay'; // !exact\ncharge(); // !exact\n",
            "packages/app/b.ts": "import { charge } from '@shop/pay/lib/charge'; // !exact\ncharge(); // !exact\n",
            "packages/app/tsconfig.json": '{ // a comment\n "compilerOptions": {"paths": {"~/*": ["../pay/src/*",]}}}',
            "packages/app/c.ts": "import { charge } from '~/charge'; // !exact\ncharge(); // !exact\n",
        },
    )


def test_methods_by_classes(make_repository: MakeRepository) -> None:
    check(
        make_repository,
        {
            "cart.ts": """\
export class Base {
  total(): number { return 0; } // !def
}

export class Cart extends Base {
  sum() { return this.total(); } // !inferred
}

export class Own extends Base {
  total() { return super.total(); } // !inferred
  sum() { return this.total(); }
}

export function make(): Cart { return new Cart(); }
""",
            "use.ts": """\
import { Cart, Own, make } from './cart';

class Holder {
  private kept: Cart;
  constructor(private readonly given: Cart) {}
  use() {
    this.kept.total(); // !inferred
    this.given.total(); // !inferred
  }
}

function f(a: Cart, b: Cart | undefined, c: Own, d) {
  a.total(); // !inferred
  b?.total(); // !inferred
  c.total();
  d.total(); // !name
  new Cart().total(); // !inferred
  make().total(); // !inferred
  const x = new Cart();
  x.total(); // !inferred
  const y = make();
  y.total(); // !inferred
}
""",
        },
    )


def test_keys_of_objects_are_members_or_nothing(make_repository: MakeRepository) -> None:
    check(
        make_repository,
        {
            "a.ts": "export function charge() {} // !def\n",
            "b.ts": "import { charge } from './a'; // !exact\nuse({ charge: 1 });\nuse({ charge }); // !exact\n",
        },
    )


def test_awaited_calls_with_type_arguments_are_calls(make_repository: MakeRepository) -> None:
    root = make_repository({"a.ts": "async function f<T>() {}\nasync function g() {\n  await f<number>();\n}\n"})
    queries = host_of(root, root.parent / "cache")
    (row,) = queries.references("a.ts", 15, ["call"], True, 10).rows
    assert (row.line, row.role, row.certainty) == (3, "call", "exact")
    queries.close()


def test_exports_and_imports_of_packages(make_repository: MakeRepository) -> None:
    check(
        make_repository,
        {
            "packages/pay/package.json": '{"name": "pay", "exports": {"./*": {"node": {"default": "./dist/*.js"}}, '
            '"./old/*": "./src/legacy/*.ts"}, "imports": {"#inner/*": ["./src/*.ts"], "#self": "pay/charge"}}',
            "packages/pay/src/charge.ts": "export function charge() {} // !def\n",
            "packages/pay/src/legacy/charge.ts": "export function charge() {}\n",
            "packages/app/a.ts": "import { charge } from 'pay/charge'; // !exact\ncharge(); // !exact\n",
            "packages/app/b.ts": "import { charge } from 'pay/old/charge';\ncharge();\n",
            "packages/pay/test/c.ts": "import { charge } from '#inner/charge'; // !exact\ncharge(); // !exact\n",
            "packages/pay/test/d.ts": "import { charge } from '#self'; // !exact\ncharge(); // !exact\n",
            "packages/app/e.ts": "import { charge } from '#inner/charge';\ncharge();\n",
        },
    )


def test_paths_of_extended_configurations(make_repository: MakeRepository) -> None:
    check(
        make_repository,
        {
            "config/package.json": '{"name": "@shop/config"}',
            "config/strict.json": '{"compilerOptions": {"paths": {"~/*": ["${configDir}/lib/*"]}}}',
            "base.json": '{"compilerOptions": {"baseUrl": "lib", "paths": {"@/*": ["./*"], "~/*": ["nowhere/*"]}}}',
            "lib/charge.ts": "export function charge() {} // !def\n",
            "app/tsconfig.json": '{"extends": ["../base"]}',
            "app/a.ts": "import { charge } from '@/charge'; // !exact\ncharge(); // !exact\n",
            "app/b.ts": "import { charge } from 'charge'; // !exact\ncharge(); // !exact\n",
            "jsconfig.json": '{"extends": "@shop/config/strict.json"}',
            "web/c.js": "import { charge } from '~/charge'; // !exact\ncharge(); // !exact\n",
            "app/tsconfig.test.json": '{"extends": "./tsconfig.test.json", "compilerOptions": {"baseUrl": "../other"}}',
        },
    )


def test_declarations_beside_javascript(make_repository: MakeRepository) -> None:
    files = {
        "a.js": "export function charge() {}\n",
        "a.d.ts": "export declare function charge(): void; // !def\n",
        "b.ts": "import { charge } from './a'; // !exact\ncharge(); // !exact\n",
        "c.mts": "import { charge } from './a.js'; // !exact\ncharge(); // !exact\n",
        "d.js": "import { charge } from './a';\ncharge();\n",
    }
    check(make_repository, files)


def test_only_what_scope_says_is_exact(make_repository: MakeRepository) -> None:
    """What an unknown function wants of an object, or an unknown object has, is no fact of this repository."""
    source = "import { run } from 'elsewhere'; const o = { a: 1 }; run({ b: 2 });\nconst x = run(); x.c = 1; x.c;\n"
    root = make_repository({"a.js": source})
    queries = host_of(root, root.parent / "cache")
    told = {(row.name, row.certainty) for row in queries.outgoing("a.js", None, None) if row.name in ("b", "c")}
    assert told == {("b", "inferred"), ("c", "inferred")}
    queries.close()


def test_members_that_are_no_definitions_and_constructors(make_repository: MakeRepository) -> None:
    files = {
        "a.ts": "export function run(options: { size: number }) { options.size; }\n"
        "export class Job { constructor(x: number) {} }\n",
        "b.ts": "import { run, Job } from './a';\nrun({ size: 1 });\nlet job: Job = new Job(1);\n",
    }
    root = make_repository(files)
    queries = host_of(root, root.parent / "cache")
    for word, expected in (("size:", [("a.ts", 1), ("b.ts", 2)]), ("constructor", [("b.ts", 3)])):
        line = next(row for row in files["a.ts"].split("\n") if word in row)
        found = queries.references_at("a.ts", files["a.ts"].split("\n").index(line) + 1, line.index(word)).rows
        assert [(row.path, row.line) for row in found] == expected
    queries.close()
