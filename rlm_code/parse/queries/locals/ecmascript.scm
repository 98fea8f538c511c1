; What JavaScript, TypeScript and TSX share: `var` is bound in its function, all else in its block, and a name is bound
; in the whole of its scope. See `locals.py` for what each capture says.

(program) @scope.module
[
  (function_declaration) (generator_function_declaration) (function_expression) (generator_function)
  (arrow_function) (method_definition) (class_static_block)
] @scope.function
[(class_declaration) (class)] @scope.types
[(statement_block) (for_statement) (for_in_statement) (catch_clause) (switch_body)] @scope.block
(labeled_statement) @scope.label

; Evaluated before the scope is entered.
(for_in_statement right: (_) @outer)
(method_definition name: (computed_property_name) @outer)

; How patterns are taken apart.
(array_pattern) @elements
(object_pattern) @keys
(pair_pattern) @pair
(rest_pattern) @rest
[(assignment_pattern) (object_assignment_pattern)] @first

; Definitions and imports.
(class_declaration name: (_) @bind.definition)
(function_declaration name: (_) @bind.definition)
(generator_function_declaration name: (_) @bind.definition)
(class name: (_) @bind.class)
(function_expression name: (_) @bind.function)
(generator_function name: (_) @bind.function)
(labeled_statement label: (_) @bind.label)
(import_clause (identifier) @bind.import)
(namespace_import (identifier) @bind.import)
(import_specifier name: (identifier) @bind.import !alias)
(import_specifier alias: (identifier) @bind.import)

; Parameters.
(arrow_function parameter: (_) @bind.parameter)
(catch_clause parameter: (_) @bind.parameter (#set! way "caught"))

; Variables.
(lexical_declaration (variable_declarator name: (_) @bind.variable value: (_)? @value))
((variable_declaration (variable_declarator name: (_) @bind.variable value: (_)? @value)) (#set! scope "function"))
(for_in_statement kind: ["const" "let"] left: (_) @bind.variable right: (_) @value (#set! way "each"))
((for_in_statement kind: "var" left: (_) @bind.variable right: (_) @value) (#set! way "each") (#set! scope "function"))
