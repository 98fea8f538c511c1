; Julia.

(module_definition name: (_) @name . (_)? @body) @definition.module
(function_definition) @definition.function
(macro_definition) @definition.macro
(function_definition (signature) . (_) @body)
(signature [
  (identifier) @name
  (call_expression . [
    (identifier) @name
    (parametrized_type_expression . (identifier) @name)
    (field_expression value: (_) @qualifier (identifier) @name .)
    (operator) @name
    (field_expression value: (_) @qualifier (quote_expression [
      (operator) @name
      (parenthesized_expression (operator) @name)
    ]))
  ])
  (_ . (call_expression . [(identifier) @name (parametrized_type_expression . (identifier) @name) (field_expression value: (_) @qualifier (identifier) @name .)]))
  (where_expression . (typed_expression . (call_expression . (identifier) @name)))
])
(assignment . [
  (call_expression . [
    (identifier) @name
    (parametrized_type_expression . (identifier) @name)
    (field_expression value: (_) @qualifier (identifier) @name .)
    (operator) @name
    (parenthesized_expression (operator) @name)
    (field_expression value: (_) @qualifier (quote_expression [
      (operator) @name
      (parenthesized_expression (operator) @name)
    ]))
  ])
  (binary_expression . (_) . (operator) @name)
  (typed_expression . (call_expression . (identifier) @name))
  (where_expression . (call_expression . [
    (identifier) @name
    (parametrized_type_expression . (identifier) @name)
    (field_expression value: (_) @qualifier (identifier) @name .)
  ]))
  (where_expression . (typed_expression . (call_expression . (identifier) @name)))
] . (operator) . (_) @body) @definition.function
(struct_definition) @definition.struct
(struct_definition (type_head) . (_) @body)
(abstract_definition) @definition.type
(primitive_definition) @definition.type
(type_head [
  (identifier) @name
  (parametrized_type_expression . (identifier) @name)
  (binary_expression . (identifier) @name)
  (binary_expression . (parametrized_type_expression . (identifier) @name))
])
(struct_definition (identifier) @name @definition.field)
(struct_definition (typed_expression . (identifier) @name) @definition.field)
(struct_definition (assignment . [(identifier) @name (typed_expression . (identifier) @name)]) @definition.field)
(const_statement (assignment . [
  (identifier) @name
  (typed_expression . (identifier) @name)
  (open_tuple (identifier) @name)
  (parametrized_type_expression . (identifier) @name)
]) @definition.constant)
(const_statement) @wrapper
(assignment . (identifier) @name) @definition.variable
(assignment . (typed_expression . (identifier) @name)) @definition.variable
(assignment . (parametrized_type_expression . (identifier) @name)) @definition.constant
(assignment . [(open_tuple (identifier) @name) (tuple_expression (identifier) @name)]) @definition.variable
((macrocall_expression (macro_identifier (identifier) @_enum) (macro_argument_list . [
  (identifier) @name
  (typed_expression . (identifier) @name)
])) @definition.enum (#eq? @_enum "enum"))
((macrocall_expression (macro_identifier (identifier) @_enum) (macro_argument_list . (_) [
  (identifier) @name @definition.enum_member
  (assignment . (identifier) @name) @definition.enum_member
  (compound_statement (identifier) @name @definition.enum_member)
  (compound_statement (assignment . (identifier) @name) @definition.enum_member)
])) (#eq? @_enum "enum"))
(arrow_function_expression) @local
(do_clause) @local
(let_statement) @local
(for_statement) @local
(while_statement) @local
(try_statement) @local
((macrocall_expression (macro_identifier (identifier) @_test)) @local (#any-of? @_test "testset" "testitem"))

(signature (call_expression (argument_list (identifier) @reference.write)))
(signature (call_expression (argument_list (typed_expression . (identifier) @reference.write))))
(signature (call_expression (argument_list (named_argument . (identifier) @reference.write))))
(signature (call_expression (argument_list (named_argument . (typed_expression . (identifier) @reference.write)))))
(signature (call_expression (argument_list (splat_expression . (identifier) @reference.write))))
(assignment . (call_expression (argument_list (identifier) @reference.write)))
(arrow_function_expression . (identifier) @reference.write)
(for_binding . (identifier) @reference.write)
(catch_clause . (identifier) @reference.write)
(compound_assignment_expression . (identifier) @reference.write)
(assignment . (tuple_expression (identifier) @reference.write))
(assignment . (field_expression (identifier) @reference.write .))

(typed_expression (identifier) @reference.type .)
(type_head (binary_expression (operator) . (identifier) @reference.inherit))
(call_expression . [(identifier) @reference.call (field_expression (identifier) @reference.call .)])
(broadcast_call_expression . [(identifier) @reference.call (field_expression (identifier) @reference.call .)])
(macro_identifier (identifier) @reference.call)

(using_statement) @import @within.import
(import_statement) @import @within.import
(using_statement [(identifier) (scoped_identifier) (import_path)] @import.module @import.star)
(import_statement [(identifier) (scoped_identifier) (import_path)] @import.module)
(import_statement (import_alias . (_) @import.module (identifier) @import.alias .))
(selected_import . (_) @import.module)
(selected_import . (_) (identifier) @import.name)
(selected_import (import_alias . (_) @import.name (identifier) @import.alias .))
((call_expression . (identifier) @_include (argument_list . (string_literal (content) @import.module))) @import
  (#eq? @_include "include"))
