; What JavaScript, TypeScript and TSX share.

(export_statement) @wrapper
(lexical_declaration) @wrapper
(variable_declaration) @wrapper

; Declarations.
(class_declaration name: (_) @name body: (_) @body) @definition.class
(function_declaration name: (identifier) @name body: (_) @body) @definition.function
(generator_function_declaration name: (identifier) @name body: (_) @body) @definition.function
(method_definition
  name: [(property_identifier) (private_property_identifier)] @name body: (_) @body) @definition.method
(method_definition name: (string (string_fragment) @name) body: (_) @body) @definition.method
(class_static_block) @local
(method_definition name: (computed_property_name (string (string_fragment) @name)) body: (_) @body) @definition.method

(lexical_declaration kind: "const" (variable_declarator) @definition.constant)
(lexical_declaration kind: "let" (variable_declarator) @definition.variable)
(variable_declaration (variable_declarator) @definition.variable)
(variable_declarator name: (identifier) @name)
(variable_declarator name: (_ [
  (shorthand_property_identifier_pattern) @name
  (identifier) @name
  (pair_pattern value: (identifier) @name)
  (object_assignment_pattern left: (shorthand_property_identifier_pattern) @name)
  (assignment_pattern left: (identifier) @name)
  (pair_pattern value: (assignment_pattern left: (identifier) @name))
  (rest_pattern (identifier) @name)
]))
(variable_declarator name: (_ [(pair_pattern value: (_ [
  (shorthand_property_identifier_pattern) @name
  (identifier) @name
  (pair_pattern value: (identifier) @name)
  (object_assignment_pattern left: (shorthand_property_identifier_pattern) @name)
])) (array_pattern (identifier) @name) (object_pattern (shorthand_property_identifier_pattern) @name)]))
(variable_declarator name: (identifier) @name value: [
  (arrow_function body: (_) @body)
  (function_expression body: (_) @body)
  (generator_function body: (_) @body)
]) @definition.function
(variable_declarator name: (identifier) @name value: (class body: (_) @body)) @definition.class

; What is exported without a name of its own is known as `default`.
(export_statement "default" @name value: [
  (arrow_function body: (_) @body)
  (function_expression !name body: (_) @body)
  (generator_function !name body: (_) @body)
]) @definition.function
(export_statement "default" @name value: (class !name body: (_) @body)) @definition.class
(export_statement "default" @name value: [
  (object) (array) (call_expression) (new_expression) (string) (template_string) (number) (binary_expression)
]) @definition.constant

; Members of object literals, and functions assigned to members.
(pair key: [(property_identifier) @name (string (string_fragment) @name)] value: [
  (arrow_function body: (_) @body)
  (function_expression body: (_) @body)
  (generator_function body: (_) @body)
]) @definition.method
(variable_declarator value: (object (pair key: [
  (property_identifier) @name
  (string (string_fragment) @name)
]) @definition.property))
(pair value: (object (pair key: [
  (property_identifier) @name
  (string (string_fragment) @name)
]) @definition.property))
(arguments (object) @local)
(array (object) @local)
(assignment_expression left: (member_expression) right: (object (pair key: [
  (property_identifier) @name
  (string (string_fragment) @name)
]) @definition.property))
(export_statement value: (object (pair key: [
  (property_identifier) @name
  (string (string_fragment) @name)
]) @definition.property))
(assignment_expression left: (member_expression property: (property_identifier) @name) right: [
  (arrow_function body: (_) @body)
  (function_expression body: (_) @body)
  (generator_function body: (_) @body)
]) @definition.function
(assignment_expression left: (member_expression property: (property_identifier) @name) right: (class body: (_) @body))
  @definition.class
(assignment_expression
  left: (member_expression object: (identifier) @qualifier)
  right: [(arrow_function) (function_expression) (generator_function) (class)]
  (#not-match? @qualifier "^(exports|window|globalThis|self|global)$"))
(assignment_expression
  left: (member_expression object: (member_expression
    object: (identifier) @qualifier property: (property_identifier) @_prototype))
  right: [(arrow_function) (function_expression) (generator_function)]
  (#eq? @_prototype "prototype")) @definition.method
(assignment_expression left: (member_expression object: (this) property: (property_identifier) @name)) @member.field
(assignment_expression
  left: (member_expression object: (member_expression) @qualifier)
  right: [(arrow_function) (function_expression) (generator_function) (class)]
  (#not-match? @qualifier "(^|[.])(prototype|exports)$|^(this|window)\\b|[^A-Za-z0-9_$.]"))
((assignment_expression left: (member_expression) @qualifier right: (object)) @scope
  (#not-match? @qualifier "(^|[.])(prototype|exports)$|^(this|window|exports)\\b|[^A-Za-z0-9_$.]"))
((assignment_expression
  left: (member_expression object: (identifier) @qualifier property: (property_identifier) @_prototype)
  right: (object)) @scope (#eq? @_prototype "prototype"))
((program (expression_statement (assignment_expression
  left: (member_expression object: [
    (identifier) @_exports
    (member_expression object: (identifier) @_module property: (property_identifier) @_exports)
  ] property: (property_identifier) @name)
  right: [
    (array) (await_expression) (binary_expression) (call_expression) (false) (new_expression) (null) (number) (object)
    (regex) (string) (template_string) (ternary_expression) (true) (unary_expression operator: ["!" "-"])
  ]) @definition.property)) (#eq? @_exports "exports"))

; What these declare is local.
(arrow_function) @local
(function_expression) @local
(generator_function) @local
(for_statement initializer: (_) @local)
(if_statement consequence: (statement_block (lexical_declaration) @local))
(else_clause (statement_block (lexical_declaration) @local))
(for_statement body: (statement_block (lexical_declaration) @local))
(for_in_statement body: (statement_block (lexical_declaration) @local))
(while_statement body: (statement_block (lexical_declaration) @local))
(do_statement body: (statement_block (lexical_declaration) @local))
(try_statement body: (statement_block (lexical_declaration) @local))
(catch_clause body: (statement_block (lexical_declaration) @local))
(finally_clause body: (statement_block (lexical_declaration) @local))
(program (statement_block (lexical_declaration) @local))
(switch_case body: (lexical_declaration) @local)

; Bindings and writes.
(variable_declarator name: (identifier) @reference.write)
(array_pattern (identifier) @reference.write)
(rest_pattern (identifier) @reference.write)
(assignment_pattern left: (identifier) @reference.write)
(object_assignment_pattern left: (_) @reference.write)
(pair_pattern value: (identifier) @reference.write)
(shorthand_property_identifier_pattern) @reference.write
(arrow_function parameter: (identifier) @reference.write)
(catch_clause parameter: (identifier) @reference.write)
(for_in_statement left: (identifier) @reference.write)
(assignment_expression left: [
  (identifier) @reference.write
  (member_expression property: (_) @reference.write)
])
(augmented_assignment_expression left: [
  (identifier) @reference.write
  (member_expression property: (_) @reference.write)
])
(update_expression argument: [
  (identifier) @reference.write
  (member_expression property: (_) @reference.write)
])
(function_expression name: (identifier) @reference.write)
(class name: (_) @reference.write)

; Calls.
(call_expression . function: [(identifier) @reference.call (member_expression property: (_) @reference.call)])
(new_expression constructor: [(identifier) @reference.call (member_expression property: (_) @reference.call)])
(decorator [(identifier) @reference.call (member_expression property: (_) @reference.call)])

(call_expression . function: (subscript_expression index: (string (string_fragment) @reference.call)))
(subscript_expression index: (string (string_fragment) @reference.read))

; Imports and re-exports.
(import_statement) @import @within.import
(import_statement source: (string (string_fragment) @import.module))
(import_clause (identifier) @import.default)
(namespace_import (identifier) @import.namespace)
(import_specifier name: (identifier) @import.name)
(import_specifier alias: (identifier) @import.alias)
(export_statement source: (string (string_fragment) @import.module)) @import @within.import
(export_statement (export_clause (export_specifier name: [(_) "default"] @import.name)) source: (_))
(export_statement (export_clause (export_specifier alias: (_) @import.alias)) source: (_))
(export_statement "*" @import.star source: (_))
(export_statement (namespace_export (_) @import.namespace) source: (_))

((call_expression . function: (identifier) @_require arguments: (arguments . (string (string_fragment) @import.module) .))
  @import (#eq? @_require "require"))
(call_expression . function: (import) arguments: (arguments . (string (string_fragment) @import.module))) @import
(variable_declarator name: (identifier) @import.namespace value: [
  (call_expression . function: [(identifier) (import)] @_require arguments: (arguments . (string (string_fragment) @import.module)))
  (await_expression (call_expression . function: (import) @_require arguments: (arguments . (string (string_fragment) @import.module))))
] (#any-of? @_require "require" "import")) @import
(variable_declarator name: (object_pattern [
  (shorthand_property_identifier_pattern) @import.name
  (pair_pattern key: (property_identifier) @import.name value: (identifier) @import.alias)
]) value: [
  (call_expression . function: [(identifier) (import)] @_require arguments: (arguments . (string (string_fragment) @import.module)))
  (await_expression (call_expression . function: (import) @_require arguments: (arguments . (string (string_fragment) @import.module))))
] (#any-of? @_require "require" "import")) @import
(variable_declarator name: (identifier) @import.alias value: (member_expression
  object: (call_expression . function: (identifier) @_require arguments: (arguments . (string (string_fragment) @import.module)))
  property: (property_identifier) @import.name) (#eq? @_require "require")) @import
