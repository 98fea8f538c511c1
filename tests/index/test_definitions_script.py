"""What names of JavaScript and TypeScript refer to. Sources mark definitions `@n:name@` and uses `$n:name$` with the
same number; a use marked 0 refers to nothing of the repository."""

import re

import pytest

from tests.conftest import MakeRepository
from tests.index.marked import host_of

_MARK = re.compile(r"([@$])(\w+):([\w#$]+)\1")


def check(make_repository: MakeRepository, files: dict[str, str]) -> None:
    """Assert that each marked use refers to the definitions marked with its number."""
    defined: dict[str, set[tuple[str, int]]] = {"0": set()}
    uses: list[tuple[str, str, str, int]] = []
    plain = {}
    for path, source in files.items():
        text, last = "", 0
        for mark in _MARK.finditer(source):
            text += source[last : mark.start()]
            if mark[1] == "@":
                defined.setdefault(mark[2], set()).add((path, len(text.encode())))
            else:
                uses.append((mark[2], path, mark[3], len(text.encode())))
            text += mark[3]
            last = mark.end()
        plain[path] = text + source[last:]
    root = make_repository(plain)
    queries = host_of(root, root.parent / "cache")
    told = []
    for number, path, name, offset in uses:
        before = plain[path].encode()[:offset]
        line, column = before.count(b"\n") + 1, offset - before.rfind(b"\n") - 1
        found = {(row.path, row.name_start) for row in queries.definition_at(path, line, column)}
        if found != defined[number]:
            told.append(f"{path}:{line}:{column} {name}: expected {sorted(defined[number])}, found {sorted(found)}")
    queries.close()
    assert uses
    assert not told, "\n".join(told)


ONE_FILE = {
    "destructuring": """\
const o = { @1:a@: 1, @2:b@: { @3:c@: 2 } };
const { $1:a$: @4:x@, b: { c: @5:y@ = 1 }, ...@6:rest@ } = o;
$4:x$ + $5:y$; $6:rest$; o.$2:b$.$3:c$;
({ $1:a$: $7:z$ } = o); let @7:z@;
""",
    "what a name is taken from": """\
interface Options { @1:size@: number; @2:name@: string }
function f({ $1:size$, name: @3:other@ }: Options) { return @4:g@(); function @4:g@() { return $3:other$; } }
const { $2:name$ } = {} as Options; const [@5:first@] = [1]; $5:first$;
""",
    "shadowing": "let @1:x@ = 1; function f(@2:x@: number) { { const @3:x@ = 2; $3:x$; } $2:x$; } $1:x$;",
    "classes": """\
class @1:A@ {
  @2:field@ = 1; static @3:made@ = 0; @4:#hidden@ = 2;
  constructor(private readonly @5:kept@: string, @6:given@: number) { this.$5:kept$; $6:given$; }
  get @7:size@() { return this.$4:#hidden$ + this.$2:field$; }
  static @8:make@() { return new $1:A$('', this.$3:made$); }
  @9:self@(): this { return this; }
}
class B extends $1:A$ { m() { super.$9:self$().$7:size$; B.$8:make$().$2:field$; } }
""",
    "meanings": "interface @1:T@ { @2:a@: number } const @1:T@ = { @3:a@: 1 };\n"
    "function f(x: $1:T$) { x.$2:a$; $1:T$.$3:a$; }",
    "a class hides no variable of its name as a type": "type @1:N@ = { @2:a@: 1 };\n"
    "function f(@3:N@: number, x: $1:N$) { return $3:N$ + x.$2:a$; }",
    "generics": """\
class @1:C@ { @2:m@() {} }
class Box<@3:T@> {
  constructor(public @4:value@: $3:T$) {}
  map<@5:U@>(f: (value: $3:T$) => $5:U$): Box<$5:U$> { return null!; }
}
new Box(new C()).$4:value$.$2:m$();
new Box(1).map(() => new C()).$4:value$.$2:m$();
function first<U extends $1:C$>(all: U[]): U { all[0].$2:m$(); return all[0]; }
first([new C()]).$2:m$();
declare const all: Map<string, Array<$1:C$>>;
all.get('')!.map(one => one.$2:m$());
for (const [, list] of all) list[0].$2:m$();
async function g(p: Promise<$1:C$>) { (await p).$2:m$(); p.then(c => c.$2:m$()); }
""",
    "enums and namespaces": """\
enum @1:E@ { @2:A@ = 1, @3:B@ = $2:A$ }
namespace @4:N@ { export const @5:x@ = $1:E$.$3:B$; export namespace @6:M@ { export interface @7:I@ {} } }
namespace @4:N@ { export function f(): $6:M$.$7:I$ { $5:x$; return {}; } }
$4:N$.$5:x$; let i: $4:N$.$6:M$.$7:I$;
""",
    "types": """\
interface @1:Base@ { @2:id@: string }
interface Named extends $1:Base$ { @3:name@: string }
type @4:Part@<@5:P@> = { [@6:K@ in keyof $5:P$]?: $5:P$[$6:K$] };
type Inner<T> = T extends Array<infer @7:U@> ? $7:U$ : never;
function f(a: $4:Part$<Named>, b: Pick<Named, 'id'>, c: Record<string, Named>, d: Named['name']) {
  a.$3:name$; b.$2:id$; c.x.$2:id$; d.$0:length$;
}
const @8:g@ = { @9:inner@: 1 }; let h: typeof $8:g$; h.$9:inner$;
""",
    "awaited calls with type arguments": """\
class C {
  @1:c@ = 1; async @2:run@<T>(x?: T): Promise<{ @3:rows@: T[] }> { return null!; }
  @4:is@<T>(): boolean { return true; }
}
async function f(c: C) {
  const { $3:rows$ } = await c.$2:run$<C>(); (await c.$2:run$<C>()).$3:rows$[0].$1:c$;
  if (!c.$4:is$<C>()) rows[0].$1:c$;
}
""",
    "what is expected": """\
interface Options { @1:retries@: number; @2:done@(error: Failure): void }
interface Failure { @3:code@: number }
function run(options: Options) {}
run({ $1:retries$: 1, done(error) { error.$3:code$; } });
function g() { const o: Options = { $1:retries$: 2, done: error => error.$3:code$ }; }
""",
    "methods that are expected of an object": """\
interface Listener { @1:done@(): void; @2:failed@: (error: Error) => void }
const l: Listener = { $1:done$() {}, $2:failed$: () => {} };
""",
    "overloads": """\
function @0a:f@(x: string): string;
function @1:f@(x: number, y: number): number;
function @2:f@(x: any): any { return x; }
$1:f$(1, 2); const g = $2:f$;
""",
    "tests": """\
class A { @1:a@ = 1 } class B { @2:b@ = 1 }
function isA(x: unknown): x is A { return true; }
function f(x: A | B, y: unknown) { if (x instanceof B) x.$2:b$; if (isA(y) && y.$1:a$) y.$1:a$; }
""",
    "literals that tell types apart": """\
enum Kind { A, B }
interface Circle { kind: 'circle'; @1:size@: number } interface Square { kind: 'square'; @2:size@: number }
type Shape = Circle | Square; type Result = { ok: true; @3:value@: 1 } | { ok: false; @4:value@: 2 };
type Tagged = { tag: Kind.A; @5:of@: 1 } | { tag: Kind.B; @6:of@: 2 };
function f(s: Shape, r: Result, t: Tagged) {
  if (s.kind === 'square') s.$2:size$;
  switch (s.kind) { case 'circle': return s.$1:size$; default: r.ok && r.$3:value$; }
  if (!r.ok) r.$4:value$; t.tag == Kind.B ? t.$6:of$ : 0;
}
f({ kind: 'circle', $1:size$: 1 }, { ok: false, $4:value$: 2 }, { tag: Kind.A, $5:of$: 1 });
""",
    "elements that are alike": "const all = [{ @1:n@: 1 }, { n: 2 }, { @2:m@: 3 }]; all[1].$1:n$; all[0].$2:m$;",
    "keys by name and labels": "const o = { @1:k@() {} }; o['$1:k$'](); @2:outer@: for (;;) break $2:outer$;",
    "what nothing binds": "$0:console$.$0:log$($0:parseInt$('1'));",
    "decorators": "function @1:D@(x: any) {} @ $1:D$ class A { @ $1:D$ m() {} }",
    "optional and asserted": "class C { @1:m@() { return this; } }\n"
    "declare const c: C | undefined; c?.$1:m$()!.$1:m$(); (c as C).$1:m$(); (<C>c).$1:m$();",
}


@pytest.mark.parametrize("source", ONE_FILE.values(), ids=ONE_FILE)
def test_in_one_file(make_repository: MakeRepository, source: str) -> None:
    check(make_repository, {"a.ts": source})


MODULES = {
    "re-exports": {
        "a.ts": "export const @1:x@ = 1; export default class @2:A@ {}\nexport type @3:T@ = string; export { x as y };",
        "b.ts": "export * from './a'; export { default as Renamed, $1:x$ as z } from './a';\n"
        "export * as all from './a';",
        "c.ts": "import { $1:x$, $1:y$, $1:z$, $2:Renamed$, type $3:T$, all } from './b.js';\n"
        "new $2:Renamed$(); $1:z$; all.$1:y$; let t: all.$3:T$;",
        "d.ts": "import $2:Anything$ from './a'; import * as @4:ns@ from './a'; $4:ns$.$1:x$; new $2:Anything$();",
    },
    "unnamed exports": {
        "a.ts": "export @1:default@ (x: number) => ({ @2:n@: x });",
        "b.ts": "import $1:f$ from './a'; $1:f$(1).$2:n$; export { $1:default$ as g } from './a';",
        "c.ts": "import { $1:g$ } from './b'; import $3:o$ from './d'; $1:g$(1); $3:o$.$4:k$;",
        "d.ts": "export @3:default@ { @4:k@: 1 };",
        "e.js": "module.@5:exports@ = () => 1;",
        "f.js": "const $5:five$ = require('./e'); $5:five$();\n"
        "const { $7:k$, l: $8:m$ } = require('./g'); $7:k$; $8:m$;",
        "g.js": "module.@6:exports@ = { @7:k@: 1, @8:l@: 2 };",
        "h.js": "const $6:all$ = require('./g'); $6:all$.$7:k$;",
    },
    "commonjs": {
        "a.js": "function @1:f@() {} class @2:C@ { @3:m@() {} }\n"
        "exports.f = f; exports.C = $2:C$; exports.@4:own@ = 1;",
        "b.js": "const { f, C: Other } = require('./a'); const all = require('./a');\n"
        "$1:f$(); new $2:Other$().$3:m$(); all.$4:own$; all.$1:f$();",
        "c.js": "function @5:make@() {} $5:make$.@6:helper@ = function () {}; module.exports = $5:make$;",
        "d.js": "const other = require('./c'); $5:other$(); $5:other$.$6:helper$();",
        "e.js": "module.exports = { f: require('./a').f, @7:g@() {}, h: require('./a').C };",
        "f.js": "const { f, g } = require('./e'); $1:f$(); $7:g$();",
    },
    "export equals": {
        "a.ts": "class @1:A@ { static @2:s@ = 1 } namespace @1:A@ { export type @3:T@ = 1 } export = $1:A$;",
        "b.ts": "import $1:A$ = require('./a'); $1:A$.$2:s$; let t: $1:A$.$3:T$; import Alias = A.T; let u: $3:Alias$;",
    },
    "dynamic imports": {
        "a.ts": "export function @1:f@() {}",
        "b.ts": "async function g() { const m = await import('./a'); m.$1:f$(); import('./a').then(n => n.$1:f$()); }\n"
        "let t: typeof import('./a').$1:f$;",
    },
    "classes through files": {
        "a.ts": "export abstract class @1:Base@<T> { @2:of@!: T; @3:run@(): this { return this; } }",
        "b.ts": "import * as a from './a'; export interface @4:Item@ { @5:id@: number }\n"
        "export class @6:Sub@ extends a.$1:Base$<$4:Item$> { go() { this.$2:of$.$5:id$; this.$3:run$(); } }",
        "c.ts": "import { $6:Sub$ } from './b'; const s = new $6:Sub$(); s.$2:of$.$5:id$;\n"
        "const { $2:of$: { $5:id$: @7:n@ } } = s; $7:n$;",
    },
    "ambient modules and globals": {
        "types.d.ts": "declare module 'outside' { export function @1:f@(): void } interface @2:Shared@ { @3:a@: 1 }",
        "a.ts": "import { $1:f$ } from 'outside'; $1:f$(); export function g(x: $2:Shared$) { x.$3:a$; }",
    },
    "a namespace from outside": {
        "more.d.ts": "declare module 'outside' { export const mine: number }",
        "a.ts": "import * as code from 'outside'; export interface @1:Range@ {} let a: code.$0:Range$, b: $1:Range$;",
    },
    "from outside": {
        "a.ts": "import { @1:f@, g as @2:h@ } from 'elsewhere'; import * as @3:fs@ from 'fs';\n"
        "$1:f$().$0:x$; $2:h$; $3:fs$.$0:readFileSync$('');",
    },
    "folders with a manifest of their own": {
        "hooks/package.json": '{"types": "src/index.d.ts"}',
        "hooks/src/index.d.ts": "export type @1:Reducer@ = 1; export function @2:use@(): void;",
        "a.d.ts": "import * as h from './hooks'; declare namespace N { export import @3:R@ = h.$1:Reducer$; }",
        "b.ts": "import * as h from './hooks'; h.$2:use$();",
    },
    "components": {
        "a.tsx": "export function @1:Button@(props: { @2:label@: string }) { return <b>{props.$2:label$}</b>; }",
        "b.tsx": "import { $1:Button$ } from './a'; const x = <$1:Button$ $2:label$=\"a\"></$1:Button$>;",
    },
    "parameters that are taken apart": {
        "a.jsx": "export function Button({ @1:label@, size: @2:n@ = 1, @3:kind@ = 2 }) {\n"
        "  return <b>{$1:label$}{$2:n$}</b>;\n}\n"
        "export const draw = ({ @4:depth@ } = {}) => $4:depth$;",
        "b.jsx": "import { Button, draw } from './a';\n"
        'const x = <Button $1:label$="a" $3:kind$={1} />; draw({ $4:depth$: 1 });',
    },
    "javascript by comments": {
        "a.js": "class @1:A@ { constructor() { this.@2:x@ = 1; } @3:m@() { return this.$2:x$; } }\n"
        "module.exports = { A };",
        "b.js": "/** @typedef {import('./a').A} Known */\n/**\n * @param {Known[]} list\n * @returns {Known}\n */\n"
        "function f(list) { list[0].$3:m$(); } f([]).$2:x$;",
    },
    "prototypes through files": {
        "a.js": "export class @1:P@ { @2:own@() { this.$3:far$(); this.$4:plain$(); } }\n"
        "$1:P$.prototype.@4:plain@ = function () {};",
        "b.js": "import { P } from './a'; const p = $1:P$.prototype;\n"
        "p.@3:far@ = function () { this.$2:own$(); this.$5:last$(); }; p.@5:last@ = function () {};\n"
        "const other = {}; other.@6:far@ = function () {};",
        "c.js": "import { P } from './a'; new P().$3:far$(); P.prototype.$2:own$.call(null);",
    },
    "objects that comments describe": {
        "a.js": "/**\n * @param {Object} [options] what to do\n * @param {number} [options.@1:size@=1] how much\n"
        " * @param {string} options.@2:name@\n */\n"
        "function f(options = {}) { return options.$1:size$ + options.$2:name$; }\n"
        "/**\n * @typedef {Object} Point\n * @property {number} @3:x@\n * @prop {number} [@4:y@]\n */\n"
        "/** @param {Point} p */\nfunction g(p) { return p.$3:x$ + p.$4:y$; }",
    },
    "functions that make objects": {
        "a.js": "function @1:F@() { this.@2:x@ = 1; } $1:F$.prototype.@3:m@ = function () { return this.$2:x$; };\n"
        "const f = new $1:F$(); f.$3:m$(); f.$2:x$;\n"
        "F.prototype.fill = function () { this.@4:late@ = 1; }; f.$4:late$;",
        "b.js": "exports.@5:deep@ = 1; exports.more = function () {};",
        "c.js": "const taken = require('./b').deep; $5:taken$;",
    },
}


@pytest.mark.parametrize("files", MODULES.values(), ids=MODULES)
def test_across_modules(make_repository: MakeRepository, files: dict[str, str]) -> None:
    check(make_repository, files)
