"""The vocabulary of captures: what a query file may say, and the order in which it is read.

A query marks nodes; everything else follows from where the marks lie. Spans nest, so a `@name` belongs to
the innermost marked definition around it, and no pattern needs to tie the two together.

Definitions
    @definition.KIND    the whole definition. Two kinds on one node: the more specific wins (`SPECIFIC`).
                        A function directly in a class-like definition or a @scope is a method; a variable
                        or constant directly in one is a field; any of those, and a property or field,
                        directly in a function is a local: no definition, and its name is a write.
    @member.KIND        a definition of the nearest class-like definition outside the functions around it
                        (`self.x = …`, `constructor(private x)`): the first of its name there counts.
    @clause.KIND        one of several clauses of the same definition: the first of its name in its place counts
                        and reaches to the end of the last, whose names are reads.
    @name               its name. A definition with several names (`int a, b;`) counts once for each; a name
                        inside a @body and in no definition there is a local.
    @name.word          its first word, up to a blank or an assignment; @name.heading: without the marks that close it.
    @name.from          a name begins here and ends where the next @name.before begins.
    @name.marked        the same after one leading mark (`:size`); @name.quoted: between quotes; @name.bare: likewise if
                        it is quoted; @name.cut: before one trailing mark (`CFLAGS+`); @name.local: behind all colons;
                        @name.target: without what makes it a target of links (`_here:`).
    @body               where its body begins.
    @qualifier          a path written before the name or beside it: `Foo::` bar, Go's receiver, impl Foo.
    @scope              no definition, but what lies in it is qualified by its @qualifier (Rust's impl).
    @headings           its definitions are known by the row's `landmarks`, for the grammar takes it for bare words.
    @outside            it and what is defined in it are outside of all definitions around it.
    @local              what is declared in it is local: a function without a name, a loop's header. The
                        node itself is no definition.
    @declaration        the node declares what is defined elsewhere (a prototype, `extern`): no definition
                        unless it is a method, and its names are reads.
    @wrapper            decorators, `export`, `template<…>`: the definition that follows in it starts here.
    @trailing           a body that stands behind its definition instead of in it: the definition ends with it.
    @leading            the same for what stands before a definition without a node around both (attributes).

References: every node of the row's `identifiers` is an occurrence with role read, unless it is a name.
    @reference.ROLE     one node with another role (also a node that is none of `identifiers`).
    @within.ROLE        the occurrences in it that are still reads (for import: all) get this role.
    Where marks disagree: import, inherit, call, type, write, read.

Imports
    @import             one statement; what follows is taken from inside it, in source order.
    @import.module      a module. Alone it is imported itself; beside names, they come from it.
    @import.path        a module and a name in one, parted by the last separator (`java.util.List`).
    @import.part        one part of a path that the grammar takes apart: all parts joined are the module if names
                        follow, else a path.
    @import.prefix      a path put before what else lies in its @import.group (`use a::{b, c}`).
    @import.itself      the module of the group itself (`use a::{self}`).
    @import.name        an imported name.      @import.star       everything.
    @import.hidden      a name that the statement leaves out.
    @import.default     the name bound to the module's default export.
    @import.namespace   the name bound to the module itself.
    @import.alias       the name bound here: of what stands before it, or, opening a statement, after it.
    @import.ahead       the name bound here, of the name that comes next (`load(":x.bzl", here = "there")`).

Other
    @embedded.LANGUAGE  text in another language of the registry: its facts are part of the file's. Of the language
                        itself: a type in quotes.
    @excused            a missing node that is the grammar's fault: no issue.

    @field.FIELD.CAPTURE   the same as CAPTURE on this node's child in FIELD, where saying so in the query
                        would take long to compile (some grammars have very many ways through one node).

A capture whose name begins with an underscore only serves a predicate.
"""

from __future__ import annotations

from typing import Final, get_args

from rlm_code.parse.facts import DefinitionKind, Role

KINDS: Final[frozenset[str]] = frozenset(get_args(DefinitionKind))

SPECIFIC: Final[tuple[DefinitionKind, ...]] = (
    "key", "section", "selector", "variable", "property", "field", "constant", "enum_member", "type",
    "function", "method", "constructor", "macro", "module", "namespace", "class", "struct", "enum",
    "interface", "trait",
)  # fmt: skip
"""Every kind; of two on one node the later one counts."""

CLASS_LIKE: Final[frozenset[str]] = frozenset({"class", "interface", "struct", "enum", "trait"})
FUNCTION_LIKE: Final[frozenset[str]] = frozenset({"function", "method", "constructor", "macro"})
LOCAL_IN_FUNCTION: Final[frozenset[str]] = frozenset({"variable", "constant", "property", "field"})

NAMED_AS_CLASS: Final = "<class>"
"""Among a row's `constructors`: a function with the name of its class is one."""

ROLE_ORDER: Final[tuple[Role, ...]] = ("write", "type", "call", "inherit", "import")
"""The roles that a query states, in the order of reading: a later one overrules."""
