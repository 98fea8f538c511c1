; Go. A method's receiver type qualifies it; blank names define nothing.

(package_clause (package_identifier) @name) @definition.module
(type_declaration . (type_spec)) @wrapper
(type_spec name: (_) @name) @definition.type
(type_spec name: (_) @name type: (struct_type (field_declaration_list) @body)) @definition.struct
(type_spec name: (_) @name type: (interface_type)) @definition.interface
(type_alias name: (_) @name) @definition.type
((function_declaration name: (_) @name body: (_)? @body) @definition.function (#not-eq? @name "_"))
(method_declaration
  receiver: (parameter_list (parameter_declaration type: [
    (type_identifier) @qualifier
    (pointer_type (type_identifier) @qualifier)
    (generic_type type: (type_identifier) @qualifier)
    (pointer_type (generic_type type: (type_identifier) @qualifier))
    (parenthesized_type (pointer_type (type_identifier) @qualifier))
  ]))
  name: (_) @name body: (_)? @body) @definition.method
(type_spec type: (interface_type (method_elem name: (_) @name) @definition.method))
(field_declaration type: (interface_type (method_elem name: (_) @name) @definition.method))
((field_declaration name: (_) @name) @definition.field (#not-eq? @name "_"))
(const_declaration . "const" . (const_spec)) @wrapper
((const_spec (identifier) @name) @definition.constant (#not-eq? @name "_"))
(var_declaration . "var" . (var_spec)) @wrapper
((var_spec name: (identifier) @name) @definition.variable (#not-eq? @name "_"))
(func_literal) @local

(parameter_declaration name: (_) @reference.write)
(variadic_parameter_declaration name: (_) @reference.write)
(type_parameter_declaration name: (_) @reference.write)
(short_var_declaration left: (expression_list (identifier) @reference.write))
(assignment_statement left: (expression_list [
  (identifier) @reference.write
  (selector_expression field: (_) @reference.write)
]))
(range_clause left: (expression_list [(identifier) @reference.write (selector_expression field: (_) @reference.write)]))
(type_switch_statement alias: (expression_list (identifier) @reference.write))
(inc_statement [(identifier) @reference.write (selector_expression field: (_) @reference.write)])
(dec_statement [(identifier) @reference.write (selector_expression field: (_) @reference.write)])
(receive_statement left: (expression_list (identifier) @reference.write))

(struct_type (field_declaration_list (field_declaration !name type: [
  (type_identifier) @reference.inherit
  (qualified_type name: (_) @reference.inherit)
  (generic_type type: [(type_identifier) @reference.inherit (qualified_type name: (_) @reference.inherit)])
])))
(interface_type (type_elem . [
  (type_identifier) @reference.inherit
  (qualified_type name: (_) @reference.inherit)
] .))

(call_expression . function: [
  (identifier) @reference.call
  (selector_expression field: (_) @reference.call)
  (parenthesized_expression (identifier) @reference.call)
  (type_instantiation_expression type: (type_identifier) @reference.call)
])
(composite_literal type: [
  (type_identifier) @reference.call
  (qualified_type name: (_) @reference.call)
  (generic_type type: [(type_identifier) @reference.call (qualified_type name: (_) @reference.call)])
])

(import_spec path: [
  (interpreted_string_literal (_) @import.module)
  (raw_string_literal (_) @import.module)
]) @import @within.import
(import_spec name: (package_identifier) @import.alias)
(import_spec name: (dot) @import.star)
