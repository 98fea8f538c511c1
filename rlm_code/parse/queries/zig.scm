; Zig: types are values of constants.

(variable_declaration "const" . (identifier) @name) @definition.constant
(variable_declaration "var" . (identifier) @name) @definition.variable
(variable_declaration ["const" "var"] . (identifier) @name (struct_declaration) @body) @definition.struct
(variable_declaration ["const" "var"] . (identifier) @name (opaque_declaration) @body) @definition.struct
(variable_declaration ["const" "var"] . (identifier) @name (union_declaration) @body) @definition.struct
(variable_declaration ["const" "var"] . (identifier) @name (enum_declaration) @body) @definition.enum
(variable_declaration ["const" "var"] . (identifier) @name (error_set_declaration) @body) @definition.enum
(struct_declaration) @scope
((container_field name: (identifier) @name) @definition.field (#not-eq? @name "_"))
(enum_declaration (container_field name: (identifier)) @definition.enum_member)
(variable_declaration [
  (error_set_declaration (identifier) @name @definition.enum_member)
  (binary_expression (error_set_declaration (identifier) @name @definition.enum_member))
])
(function_declaration name: (_) @name body: (_)? @body) @definition.function
(test_declaration) @local
(comptime_declaration) @local

(variable_declaration . (identifier) @reference.write)
(variable_declaration . (field_expression member: (_) @reference.write))
(parameter name: (_) @reference.write)
(payload (identifier) @reference.write)
(initializer_list (assignment_expression left: (field_expression member: (_) @reference.write)))

(call_expression . function: [(identifier) @reference.call (field_expression member: (_) @reference.call)])
(struct_initializer . (identifier) @reference.call)

((builtin_function (builtin_identifier) @_import (arguments (string (string_content) @import.module))) @import
  (#eq? @_import "@import"))
((variable_declaration . (identifier) @import.namespace
  (builtin_function (builtin_identifier) @_import (arguments (string (string_content) @import.module)))) @import
  (#eq? @_import "@import"))
((variable_declaration . (identifier) @import.alias (field_expression
  object: (builtin_function (builtin_identifier) @_import (arguments (string (string_content) @import.module)))
  member: (_) @import.name)) @import
  (#eq? @_import "@import"))
