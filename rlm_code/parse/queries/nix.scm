; Nix: attributes, which are keys wherever they stand, and what `let` binds; a function is one whose value is one.

(let_expression (binding_set (binding attrpath: (attrpath (_)) @name.bare expression: (_) @body) @definition.variable))
(attrset_expression (binding_set (binding attrpath: (attrpath (_)) @name.bare expression: (_) @body) @definition.key))
(rec_attrset_expression (binding_set (binding attrpath: (attrpath (_)) @name.bare expression: (_) @body) @definition.key))
(binding expression: (function_expression)) @definition.function

(formal name: (_) @reference.write)
(function_expression universal: (_) @reference.write)
(apply_expression function: [
  (variable_expression name: (_) @reference.call)
  (select_expression attrpath: (attrpath attr: (identifier) @reference.call .))
  (apply_expression function: [
    (variable_expression name: (_) @reference.call)
    (select_expression attrpath: (attrpath attr: (identifier) @reference.call .))
  ])
])

((apply_expression function: (variable_expression name: (_) @_import) argument: (path_expression) @import.module) @import
  (#any-of? @_import "import" "callPackage"))
((apply_expression function: (select_expression attrpath: (attrpath attr: (identifier) @_import .))
  argument: (path_expression) @import.module) @import
  (#eq? @_import "callPackage"))
((binding attrpath: (attrpath attr: (identifier) @_imports)
  expression: (list_expression element: (path_expression) @import.module @import)) (#eq? @_imports "imports"))
