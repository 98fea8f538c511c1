"""What may provide a name that the repository no longer defines: the language, an import from elsewhere, a macro.

It errs on the side of silence: where a language knows more names without an import than can be listed, any bare name
may be one of them.
"""

from __future__ import annotations

import builtins
import re
from typing import TYPE_CHECKING

from rlm_code.features.review.changes import SCRIPTS, Change

if TYPE_CHECKING:
    from rlm_code.codebase.file import File
    from rlm_code.codebase.symbol import Reference, Symbol

_GO = """append cap clear close complex copy delete imag len make max min new panic print println real recover any bool
byte comparable complex64 complex128 error float32 float64 int int8 int16 int32 int64 rune string uint uint8 uint16
uint32 uint64 uintptr true false iota nil"""
_RUST = """drop size_of size_of_val align_of align_of_val Option Some None Result Ok Err Box String ToString ToOwned Vec
Clone Copy Send Sync Sized Unpin Drop Fn FnMut FnOnce AsyncFn AsyncFnMut AsyncFnOnce AsRef AsMut Into From TryFrom
TryInto Default Iterator IntoIterator FromIterator Extend DoubleEndedIterator ExactSizeIterator Future IntoFuture Eq Ord
PartialEq PartialOrd Debug Hash bool char str i8 i16 i32 i64 i128 isize u8 u16 u32 u64 u128 usize f32 f64"""
_JAVA = """Appendable AutoCloseable CharSequence Cloneable Comparable Iterable Readable Runnable Boolean Byte Character
Class ClassLoader ClassValue Double Enum Float IO InheritableThreadLocal Integer Long Math Module ModuleLayer Number
Object Package Process ProcessBuilder ProcessHandle Record Runtime RuntimePermission ScopedValue SecurityManager Short
StableValue StackTraceElement StackWalker StrictMath String StringBuffer StringBuilder StringTemplate System Thread
ThreadGroup ThreadLocal Throwable Void Compiler Error Exception Override Deprecated FunctionalInterface SafeVarargs
SuppressWarnings"""
_SCRIPT = """addEventListener afterAll afterEach alert atob before beforeAll beforeEach after blur btoa
cancelAnimationFrame cancelIdleCallback captureEvents clearImmediate clearInterval clearTimeout close confirm
createImageBitmap decodeURI decodeURIComponent define describe dispatchEvent encodeURI encodeURIComponent escape eval
expect fail fetch find focus getComputedStyle getSelection importScripts isFinite isNaN it jQuery matchMedia moveBy
moveTo open parseFloat parseInt postMessage print prompt queueMicrotask reportError require requestAnimationFrame
requestIdleCallback resizeBy resizeTo scroll scrollBy scrollTo setImmediate setInterval setTimeout stop
structuredClone suite test unescape"""
_KNOWN = {"go": frozenset(_GO.split()), "rust": frozenset(_RUST.split()), "java": frozenset(_JAVA.split())}
_GLOBALS = frozenset(_SCRIPT.split())
_DECLARATIONS = (".d.ts", ".d.mts", ".d.cts")
_TYPED = (".ts", ".tsx", ".mts", ".cts")
_NAMESPACE = re.compile(r"^\s*namespace\s+[\w\\]+", re.MULTILINE)
_MACRO = re.compile(r"(\s*)(?:\w+::)*\w+!\s*[\w({\[]")


Lost = frozenset[tuple[str, int, str | None]]
"""Imports that fail, each as its path, its line and the name that it would bind."""


def only_types_it(gone: str, user: str) -> bool:
    """Whether the file at `gone` declares for TypeScript what another, which runs, defines for the script at `user`."""
    return gone.endswith(_DECLARATIONS) and not user.endswith(_TYPED)


def may_be_provided(change: Change, gone: Symbol, now: Reference, lost: Lost) -> bool:
    """Whether a use of the head that leads nowhere may be of something other than a definition that is gone."""
    if any(_comes_from_elsewhere(change, path, now.name, lost) for path in (now.path, gone.path)):
        return True
    is_imported = any((path, name) == (now.path, now.name) for path, _, name in lost)
    if not (is_imported or separator_before(now)) and _is_of_language(gone, change.head.file(now.path)):
        return True
    return any(may_come_from_macro(change, path, now.name) for path in (now.path, gone.path))


def separator_before(use: Reference) -> str:
    """What stands between a name and the one that it belongs to: `.`, `::`; "" if it stands alone."""
    before = use.lines.text.encode("utf-8", "surrogateescape")[: use.column].rstrip()
    if before.endswith(b".."):
        return ""
    return next((mark.decode() for mark in (b"::", b".", b"->", b"\\") if before.endswith(mark)), "")


def _comes_from_elsewhere(change: Change, path: str, name: str, lost: Lost) -> bool:
    """Whether a file gets, or may get, `name` from outside the repository, also through others that it takes all of."""
    seen, queue = {path}, [path]
    while queue:
        file = change.new(queue.pop())
        for each in file.imports() if file is not None else ():
            is_all = each.name == "*"
            if not (is_all or name == (each.alias or each.name)) or (each.path, each.line, name) in lost:
                continue
            if each.target_path is None or (is_all and file is not None and file.language == "go"):
                return True
            if is_all and each.target_path not in seen:
                seen.add(each.target_path)
                queue.append(each.target_path)
    return False


def _is_of_language(gone: Symbol, using: File) -> bool:
    """Whether a language may know a bare name in a file without an import."""
    language, name = gone.language, gone.name
    if language in _KNOWN:
        is_error = language == "java" and name.endswith(("Exception", "Error"))
        return name in _KNOWN[language] or is_error
    if language in SCRIPTS:
        return name in _GLOBALS or name[:1].isupper()
    if language == "php":  # a class of a namespace is looked for nowhere else, a function is
        return gone.kind == "function" or _NAMESPACE.search(using.text) is None
    return hasattr(builtins, name) if language == "python" else True


def may_come_from_macro(change: Change, path: str, name: str) -> bool:
    """Whether a macro of Rust may make a name in a file: a call that the file did not have, or a macro, wherever it
    stands and is called, that did not have the name."""
    file = change.new(path)
    if file is None or file.language != "rust":
        return False
    return _gains_macro_call(change, path) or any(
        _gains_in_macro(change, other, name) for other in (*change.modified, *change.added) if other.endswith(".rs")
    )


def _gains_in_macro(change: Change, path: str, name: str) -> bool:
    """Whether the macros that a file defines name something on a line that none of them had before."""
    word = re.compile(rf"\b{re.escape(name)}\b")
    now = [line for line in _macro_lines(change.new(path)) if word.search(line)]
    return bool(now) and not set(now) <= set(_macro_lines(change.old(path)))


def _macro_lines(file: File | None) -> list[str]:
    """The lines of the macros that a file defines, indentation aside."""
    macros = [symbol for symbol in file.symbols() if symbol.kind == "macro"] if file is not None else []
    return [line.strip() for macro in macros for line in macro.text.split("\n")]


def _gains_macro_call(change: Change, path: str) -> bool:
    """Whether a file of Rust has a line that calls a macro where definitions stand, and had none like it before."""
    before, after = change.old(path), change.new(path)
    if after is None or after.language != "rust":
        return False
    known = frozenset(before.text.split("\n")) if before is not None else frozenset()
    lines = (line for line in after.text.split("\n") if line not in known)
    return any((found := _MACRO.match(line)) is not None and len(found[1]) <= 4 for line in lines)
