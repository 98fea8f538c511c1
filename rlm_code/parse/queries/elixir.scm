; Elixir: definitions are calls of macros, known by their names.

((call . target: (identifier) @_keyword (arguments . [(alias) (atom)] @name) (do_block) @body) @definition.module
  (#any-of? @_keyword "defmodule" "defprotocol"))
((call . target: (identifier) @_keyword (arguments . (alias) @name (keywords))) @definition.module
  (#eq? @_keyword "defmodule"))
((call . target: (identifier) @_keyword (arguments . (alias) @qualifier) (do_block)) @scope
  (#eq? @_keyword "defimpl"))
((call . target: (identifier) @_keyword (arguments . [
  (identifier) @name
  (call . target: (identifier) @name)
  (binary_operator left: (identifier) @name operator: "when")
  (binary_operator left: (call . target: (identifier) @name) operator: "when")
  (binary_operator left: (binary_operator operator: _ @name) operator: "when")
  (binary_operator operator: _ @name)
]) (do_block)? @body) @definition.function (#not-eq? @name "when")
  (#any-of? @_keyword "def" "defp" "defdelegate" "defguard" "defguardp" "defn" "defnp"))
((call . target: (identifier) @_keyword (arguments . [
  (identifier) @name
  (call . target: (identifier) @name)
  (binary_operator left: (call . target: (identifier) @name) operator: "when")
  (binary_operator operator: _ @name)
]) (do_block)? @body) @definition.macro (#not-eq? @name "when")
  (#any-of? @_keyword "defmacro" "defmacrop"))
((call . target: (dot left: (alias) @_record right: (identifier) @_keyword) (arguments . (atom) @name.marked))
  @definition.struct (#eq? @_record "Record") (#any-of? @_keyword "defrecord" "defrecordp"))
((call . target: (identifier) @_keyword (arguments . (atom) @name.marked)) @definition.struct
  (#any-of? @_keyword "defrecord" "defrecordp"))
((unary_operator operator: "@" operand: (call . target: (identifier) @_keyword (arguments . (binary_operator left: [
  (identifier) @name
  (call . target: (identifier) @name)
] operator: "::")))) @definition.type (#any-of? @_keyword "type" "typep" "opaque") (#not-eq? @name "unquote"))
((unary_operator operator: "@" operand: (call . target: (identifier) @_keyword (arguments . (binary_operator
  left: (binary_operator left: [(call . target: (identifier) @name) (identifier) @name] operator: "::")
  operator: "when")))) @definition.function (#any-of? @_keyword "callback" "macrocallback"))
((unary_operator operator: "@" operand: (call . target: (identifier) @_keyword (arguments . (binary_operator
  left: [(call . target: (identifier) @name) (identifier) @name] operator: "::")))) @definition.function
  (#any-of? @_keyword "callback" "macrocallback"))

((call . target: (identifier) @_keyword (arguments . [
  (call (arguments (identifier) @reference.write))
  (call (arguments (binary_operator left: (identifier) @reference.write operator: "\\\\")))
  (binary_operator left: (call (arguments (identifier) @reference.write)) operator: "when")
])) (#any-of? @_keyword "def" "defp" "defmacro" "defmacrop"))
(stab_clause left: (arguments (identifier) @reference.write))
(binary_operator left: (identifier) @reference.write operator: "=")
(binary_operator left: (tuple (identifier) @reference.write) operator: "=")

(call . target: [(identifier) @reference.call (dot right: (identifier) @reference.call)])
(struct (alias) @reference.call)

((call . target: (identifier) @_keyword (arguments . (alias) @import.module)) @import
  (#any-of? @_keyword "alias" "require" "use"))
((call . target: (identifier) @_keyword (arguments . (alias) @import.module @import.star)) @import
  (#eq? @_keyword "import"))
((call . target: (identifier) @_keyword
  (arguments . (dot left: (alias) @import.prefix right: (tuple (alias) @import.module)) @import.group)) @import
  (#any-of? @_keyword "alias" "require" "use"))
((call . target: (identifier) @_keyword
  (arguments (alias) (keywords (pair key: (keyword) @_as value: (alias) @import.alias)))) @import
  (#eq? @_keyword "alias") (#match? @_as "^as:"))
