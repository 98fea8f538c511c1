; Solidity.

(contract_declaration name: (_) @name body: (_) @body) @definition.class
(library_declaration name: (_) @name body: (_) @body) @definition.class
(interface_declaration name: (_) @name body: (_) @body) @definition.interface
(struct_declaration name: (_) @name body: (_) @body) @definition.struct
(struct_member name: (_) @name) @definition.field
(enum_declaration name: (_) @name body: (_) @body) @definition.enum
(enum_value) @name @definition.enum_member
(event_definition name: (_) @name) @definition.type
(error_declaration name: (_) @name) @definition.type
(state_variable_declaration name: (_) @name) @definition.variable
(constant_variable_declaration name: (_) @name) @definition.constant
(function_definition name: (_) @name body: (_)? @body) @definition.function
(user_defined_type_definition name: (_) @name) @definition.type
(yul_function_definition . (yul_identifier) @name) @definition.function
(fallback_receive_definition ["receive" "fallback"] @name body: (_)? @body) @definition.function
(modifier_definition name: (_) @name body: (_)? @body) @definition.function
(constructor_definition "constructor" @name body: (_) @body) @definition.constructor

(parameter name: (_) @reference.write)
(variable_declaration name: (_) @reference.write)
(assignment_expression left: (expression [
  (identifier) @reference.write
  (member_expression property: (_) @reference.write)
]))
(augmented_assignment_expression left: (expression [
  (identifier) @reference.write
  (member_expression property: (_) @reference.write)
]))

(inheritance_specifier ancestor: (user_defined_type (identifier) @reference.inherit))
(user_defined_type) @within.type
(call_expression . function: (expression [
  (identifier) @reference.call
  (member_expression property: (_) @reference.call)
]))
(emit_statement name: (expression (identifier) @reference.call))
(modifier_invocation (identifier) @reference.call)

(import_directive source: (string) @import.module) @import @within.import
(import_directive import_name: (_) @import.name)
(import_directive alias: (_) @import.alias)
