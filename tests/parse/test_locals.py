"""Local names: which binding a use sees. Sources mark bindings `@n:name@` and uses `$n:name$` with the same number."""

import re

import pytest

from rlm_code.parse.locals import locals_of
from rlm_code.parse.registry import language_named
from rlm_code.parse.scopes import Binding, Locals

_MARK = re.compile(r"([@$])(\w):(\w+)\1")


def read(language: str, source: str) -> tuple[Locals, dict[str, list[int]], list[tuple[str, str, int]]]:
    """The locals of a marked source, the offsets of its bindings by number, and its uses: number, name, offset."""
    text, last = "", 0
    bound: dict[str, list[int]] = {}
    uses: list[tuple[str, str, int]] = []
    for mark in _MARK.finditer(source):
        text += source[last : mark.start()]
        offset = len(text.encode())
        if mark[1] == "@":
            bound.setdefault(mark[2], []).append(offset)
        else:
            uses.append((mark[2], mark[3], offset))
        text += mark[3]
        last = mark.end()
    found = locals_of(language_named(language), (text + source[last:]).encode())
    assert found is not None
    return found, bound, uses


def check(language: str, source: str) -> None:
    """Assert that each marked use sees the bindings marked with its number, and those marked 0 none."""
    found, bound, uses = read(language, source)
    for number, name, offset in uses:
        binding = found.lookup(name, offset)
        places = [row.start for row in found.bindings_of(binding)] if binding else []
        assert places == bound.get(number, []), f"{name} ({number}) at {offset}: {binding}"
    assert uses


def of(language: str, source: str) -> dict[str, Binding]:
    found = locals_of(language_named(language), source.encode())
    assert found is not None
    return {binding.name: binding for binding in found.bindings}


PYTHON = {
    "a parameter": "def f(@1:a@):\n    return $1:a$\n$0:a$\n",
    "all parameters": (
        "def f(@1:a@, /, @2:b@=1, *@3:c@, @4:d@: int = 2, **@5:e@):\n    return $1:a$, $2:b$, $3:c$, $4:d$, $5:e$\n"
    ),
    "a default is evaluated outside": "@1:a@ = 1\ndef f(@2:a@=$1:a$): return $2:a$\n",
    "what a default makes is outside too": (
        "@1:t@ = @2:a@ = 1\n"
        "def f(@3:a@=lambda @4:t@: $4:t$ + $2:a$, b=lambda @5:t@, u=$2:a$: $5:t$, c=[$6:x$ for @6:x@ in $2:a$]):\n"
        "    return $1:t$, $3:a$, $0:x$\n"
    ),
    "a function's locals are bound in all of it": "def f():\n    $1:x$\n    @1:x@ = 1\n    @1:x@ = 2\n",
    "closures": "def f(@1:a@):\n    def g():\n        return $1:a$\n    return lambda @2:a@: $2:a$\n",
    "class names are not seen from methods": (
        "@1:n@ = 0\nclass C:\n    @2:n@ = 1\n    m = $2:n$\n    def f(self, a=$2:n$): return $1:n$\n"
        "    [$1:n$ for _ in $2:n$]\n"
    ),
    "a comprehension": "@1:x@ = [$2:x$ for @2:x@ in $1:x$ if $2:x$ for y in $2:x$]\n",
    "the walrus leaves its comprehension": "def f():\n    [(@1:n@ := x) for x in y]\n    return $1:n$\n",
    "global": "@1:g@ = 1\ndef f():\n    global g\n    @1:g@ = 2\n    return $1:g$\n",
    "nonlocal": "def f():\n    @1:n@ = 1\n    def g():\n        nonlocal n\n        @1:n@ = 2\n    return $1:n$\n",
    "loops, with, except, import, del": (
        "def f():\n    for @1:a@, (@2:b@, *@3:c@) in d:\n        $1:a$, $2:b$, $3:c$\n"
        "    with e as (@4:g@, @5:h@): $4:g$, $5:h$\n    try: ...\n    except E as @6:i@: $6:i$\n"
        "    import @7:j@.k, l as @8:m@\n    from n import o as @9:p@, @q:q@\n    $7:j$, $0:k$, $8:m$, $9:p$, $q:q$\n"
    ),
    "nested definitions": "def f():\n    def @1:g@(): ...\n    class @2:C@($1:g$): ...\n    $1:g$, $2:C$\n",
    "match": (
        "def f(@1:v@):\n    match $1:v$:\n        case {'a': @2:a@, **@3:r@}: $2:a$, $3:r$\n"
        "        case C(@4:d@, e=@5:g@) as @6:h@: $4:d$, $0:e$, $5:g$, $6:h$\n"
        "        case [_, *@7:i@] | @8:k@: $7:i$, $8:k$, $0:_$\n"
    ),
    "type parameters": (
        "def f[@1:T@](a: $1:T$) -> $1:T$:\n    x: $1:T$ | list[$0:int$]\n"
        "type @2:A@[@3:U@] = list[$3:U$]\n$2:A$, $0:T$\n"
    ),
}


@pytest.mark.parametrize("name", PYTHON)
def test_python(name: str) -> None:
    check("python", PYTHON[name])


def test_what_a_binding_says_of_its_value() -> None:
    source = "def f(p: A = b, *q):\n    for i, (j, *k) in each(): ...\n    with e() as w: ...\n    x: B = y()\n"
    found = of("python", source)

    def told(name: str) -> tuple[str, str, tuple[str | int, ...]]:
        binding = found[name]
        annotation, value = (source[slice(*place)] if place else "" for place in (binding.annotation, binding.value))
        return annotation, value, binding.taken

    assert told("p") == ("A", "b", ("default",))
    assert told("q") == ("", "", ("*",))
    assert told("i") == ("", "each()", ("each", 0))
    assert told("k") == ("", "each()", ("each", 1, 1, "*"))
    assert told("w") == ("", "e()", ("enter",))
    assert told("x") == ("B", "y()", ())
    assert {found[name].kind for name in "pq"} == {"parameter"}


def test_a_language_without_a_query_has_no_locals() -> None:
    assert locals_of(language_named("json"), b"{}") is None


def test_bad_code_has_locals_too() -> None:
    assert set(of("python", "def f(a:\n  b = ((\n")) <= {"f", "a", "b"}
    assert of("python", "") == {}
