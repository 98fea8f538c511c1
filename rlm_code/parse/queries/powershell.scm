; PowerShell.

(function_statement (function_name) @name.local (script_block)? @body) @definition.function
(class_statement . (simple_name) @name) @definition.class
(class_property_definition (variable) @name.marked) @definition.field
(class_method_definition (simple_name) @name (script_block)? @body) @definition.method
(enum_statement . (simple_name) @name) @definition.enum
(enum_member . (simple_name) @name) @definition.enum_member
((assignment_expression (left_assignment_expression (logical_expression (bitwise_expression (comparison_expression
  (additive_expression (multiplicative_expression (format_expression (range_expression (array_literal_expression
    (unary_expression [
      (variable) @name.marked
      (expression_with_unary_operator (cast_expression (unary_expression (variable) @name.marked)))
    ])))))))))) . (assignement_operator) @_set) @definition.variable
  (#eq? @_set "=") (#not-match? @name.marked "^[$]([Ee][Nn][Vv]:|([Nn][Uu][Ll][Ll]|_)$)"))
(script_block_expression) @local

(script_parameter (variable) @reference.write)
(class_method_parameter (variable) @reference.write)
(foreach_statement . (variable) @reference.write)

(class_statement . (simple_name) (simple_name) @reference.inherit)
(command_name) @reference.call
(invokation_expression (member_name (simple_name) @reference.call))

((command (command_invokation_operator) @_dot command_name: (command_name_expr (command_name) @import.module)) @import
  (#eq? @_dot "."))
((command command_name: (command_name) @_import command_elements: (command_elements (generic_token) @import.module .))
  @import (#match? @_import "^([Ii]mport-[Mm]odule|using)$"))
