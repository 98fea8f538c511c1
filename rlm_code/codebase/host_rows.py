"""Facts of the index as the rows that handles read: names qualified, offsets turned into lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rlm_code.codebase.queries import NAMELESS, DetailRow, FileRow, ImportRow, ReferenceRow, SymbolRow
from rlm_code.index.family import language_named
from rlm_code.index.fileview import FileView
from rlm_code.index.module_names import ModuleNames
from rlm_code.index.snapshot_index import SnapshotIndex
from rlm_code.index.values import Edge, Local, ModuleFile, Named, Reference, Target, paths_of
from rlm_code.source.snapshot import Entry
from rlm_code.text import decode, split_lines

if TYPE_CHECKING:
    from rlm_code.parse.scopes import Binding

_KEPT_DETAILS = 2000
_KEPT_SYMBOLS = 8_000


class Rows:
    """Makes rows of one snapshot; a definition's row is made once."""

    def __init__(self, index: SnapshotIndex, modules: ModuleNames) -> None:
        self._index = index
        self._modules = modules
        self._details: dict[Target, DetailRow] = {}
        self._symbols: dict[Named, SymbolRow] = {}
        self._module_names: dict[str, str] = {}

    def file(self, entry: Entry) -> FileRow:
        """The row of one entry of the snapshot."""
        if entry.kind != "file":
            return FileRow(entry.path, None, entry.size_bytes, 0, entry.kind, f"a {entry.kind} is not followed")
        row = self._index.row(entry.path)
        return FileRow(entry.path, row.language or None, entry.size_bytes, row.line_count, row.status, row.detail)

    def symbol(self, target: Named) -> SymbolRow:
        """The row of one definition, local variable, parameter or module."""
        row = self._symbols.get(target)
        if row is None:
            if len(self._symbols) >= _KEPT_SYMBOLS:
                self._symbols.clear()
            row = self._symbols[target] = self._make(target)
        return row

    def _make(self, target: Named) -> SymbolRow:
        if isinstance(target, Local):
            return self._local(target)
        return self._module(target.path) if isinstance(target, ModuleFile) else self._symbol(target)

    def outline(self, path: str) -> list[SymbolRow]:
        """The definitions of a file in source order."""
        return [self.symbol(Target(path, at)) for at in range(len(self._index.view(path).definitions))]

    def reference(self, reference: Reference) -> ReferenceRow:
        """The row of one use."""
        path, use, certainty, inside, targets = reference
        line, column = self._index.view(path).position_of(use.start)
        around = self.symbol(Target(path, inside)) if inside >= 0 else None
        target = self.symbol(targets[0]) if targets else None
        return ReferenceRow(path, line, column, use.start, use.name, use.role, certainty, around, target)

    def imported(self, edge: Edge) -> ImportRow:
        """The row of one import."""
        row = edge.row
        paths = paths_of(edge.values)
        target = next((value for value in edge.values if isinstance(value, Target)), None)
        return ImportRow(
            edge.importer,
            self._index.view(edge.importer).line_of(row.start),
            row.module,
            row.name,
            row.alias,
            paths[0] if paths else None,
            self.symbol(target) if target else None,
        )

    def details(self, target: Named) -> DetailRow:
        """What the text of a definition says of itself; kept, since it costs a parse of the file. Of a local name that
        is what spans its name and its value; of a module, what its first comment says it is for."""
        if isinstance(target, Local):
            place = self.symbol(target)
            text = decode(self._index.data(target.path)[place.start : place.end])
            return DetailRow(" ".join(text.split()), [], [], "", "private")
        if isinstance(target, ModuleFile):
            return self._module_details(target.path)
        row = self._details.get(target)
        if row is None:
            if len(self._details) >= _KEPT_DETAILS:
                self._details.clear()
            row = self._details[target] = self._read_details(target)
        return row

    def _module_details(self, path: str) -> DetailRow:
        from rlm_code.codebase.prose import purpose_of_file

        purpose, _, _ = purpose_of_file(split_lines(self._index.text(path)))
        return DetailRow(f"module {self._module_name(path)}", [], [], purpose, "public")

    def _read_details(self, target: Target) -> DetailRow:
        from rlm_code.parse import details

        view = self._index.view(target.path)
        language = language_named(view.row.language)
        found = details(language, self._index.data(target.path), view.definitions[target.at])
        return DetailRow(found.signature, list(found.parameters), list(found.decorators), found.doc, found.visibility)

    def qualified_name(self, target: Target) -> str:
        """Module and enclosing definitions, joined with dots."""
        view = self._index.view(target.path)
        parts = [self._module_name(target.path)]
        for at in [*reversed(view.parents(target.at)), target.at]:
            definition = view.definitions[at]
            parts += [definition.scope, definition.name] if definition.scope else [definition.name]
        return ".".join(part for part in parts if part)

    def _module_name(self, path: str) -> str:
        name = self._module_names.get(path)
        if name is None:
            name = self._module_names[path] = self._modules.of(path).name_of(path)
        return name

    def _local(self, local: Local) -> SymbolRow:
        """The row of a local name: what spans its name and its value, as far as its file tells."""
        view = self._index.view(local.path)
        inside = view.inside(local.start)
        names = self._index.syntax(local.path).locals
        binding = names.at(local.start) if names else None
        end = max(local.start + len(local.name.encode()), *(place[1] for place in _places(binding)))
        parent = self.qualified_name(Target(local.path, inside)) if inside >= 0 else None
        return SymbolRow(
            local.path,
            local.name,
            ".".join(part for part in (parent, local.name) if part),
            _kind(view, local, binding),
            view.row.language,
            view.line_of(local.start),
            view.line_of(end - 1),
            local.start,
            end,
            local.start,
            end,
            parent,
        )

    def _module(self, path: str) -> SymbolRow:
        """The row of the module that a file is."""
        row = self._index.row(path)
        full = self._module_name(path)
        *_, folder, file = f"/{path}".split("/")
        stem = file.rpartition(".")[0]
        name = stem if f"/{full}".endswith((f"/{stem}", f".{stem}")) else folder
        size = self._index.snapshot.entries[path].size_bytes
        return SymbolRow(
            path, name, full, "module", row.language, 1, max(1, row.line_count), 0, size, NAMELESS, 0, None
        )

    def _symbol(self, target: Target) -> SymbolRow:
        view = self._index.view(target.path)
        definition = view.definitions[target.at]
        parent = self.qualified_name(Target(target.path, definition.parent)) if definition.parent >= 0 else None
        around = self._module_name(target.path) if parent is None else parent
        return SymbolRow(
            target.path,
            definition.name,
            ".".join(part for part in (around, definition.scope, definition.name) if part),
            definition.kind,
            view.row.language,
            view.line_of(definition.start),
            view.line_of(max(definition.start, definition.end - 1)),
            definition.start,
            definition.end,
            definition.name_start,
            definition.header_end,
            parent,
        )


def _places(binding: Binding | None) -> list[tuple[int, int]]:
    """Where what a binding says of its name stands behind it."""
    places = (binding.annotation, binding.value) if binding else ()
    return [(0, 0), *(place for place in places if place and binding and place[0] > binding.start)]


def _kind(view: FileView, local: Local, binding: Binding | None) -> str:
    """What a local name is: a parameter, what an import binds, else a variable."""
    if binding and binding.kind == "parameter":
        return "parameter"
    is_import = any(use.role == "import" for use in view.uses_within(local.start, local.start + 1))
    return "import" if is_import or any(row.start == local.start for row in view.imports) else "variable"
