; PHP. A variable's name is what follows the dollar.

(namespace_definition name: (_) @name body: (_)? @body) @definition.namespace
(class_declaration name: (_) @name body: (_) @body) @definition.class
(interface_declaration name: (_) @name body: (_) @body) @definition.interface
(trait_declaration name: (_) @name body: (_) @body) @definition.trait
(enum_declaration name: (_) @name body: (_) @body) @definition.enum
(enum_case name: (_) @name) @definition.enum_member
(function_definition name: (_) @name body: (_) @body) @definition.function
(method_declaration name: (_) @name body: (_)? @body) @definition.method
(property_declaration (property_element name: (variable_name (name) @name))) @definition.field
(property_promotion_parameter name: (variable_name (name) @name)) @member.field
(const_declaration (const_element . (name) @name)) @definition.constant
((function_call_expression . function: [(name) @_define (qualified_name (name) @_define)] arguments: (arguments . (argument [
  (string (string_content) @name)
  (encapsed_string (string_content) @name)
]))) @definition.constant (#eq? @_define "define"))
(assignment_expression left: (variable_name (name) @name)) @definition.variable
(anonymous_function) @local
(arrow_function) @local
(anonymous_class body: (_)) @scope

(simple_parameter name: (variable_name (name) @reference.write))
(variadic_parameter name: (variable_name (name) @reference.write))
(foreach_statement (variable_name) (variable_name (name) @reference.write))
(foreach_statement (pair (variable_name (name) @reference.write)))
(catch_clause name: (variable_name (name) @reference.write))
(static_variable_declaration name: (variable_name (name) @reference.write))
(global_declaration (variable_name (name) @reference.write))
(list_literal (variable_name (name) @reference.write))
(assignment_expression left: [
  (member_access_expression name: (name) @reference.write)
  (scoped_property_access_expression name: (variable_name (name) @reference.write))
])
(augmented_assignment_expression left: [
  (variable_name (name) @reference.write)
  (member_access_expression name: (name) @reference.write)
  (scoped_property_access_expression name: (variable_name (name) @reference.write))
])
(update_expression [
  (variable_name (name) @reference.write)
  (member_access_expression name: (name) @reference.write)
])

(base_clause [(name) @reference.inherit (qualified_name (name) @reference.inherit)])
(class_interface_clause [(name) @reference.inherit (qualified_name (name) @reference.inherit)])
(declaration_list (use_declaration [(name) @reference.inherit (qualified_name (name) @reference.inherit)]))
(named_type [(name) @reference.type (qualified_name (name) @reference.type)])
(binary_expression operator: "instanceof" right: [(name) @reference.type (qualified_name (name) @reference.type)])

(function_call_expression . function: [(name) @reference.call (qualified_name (name) @reference.call)])
(member_call_expression name: (name) @reference.call)
(nullsafe_member_call_expression name: (name) @reference.call)
(scoped_call_expression name: (name) @reference.call)
(object_creation_expression [(name) @reference.call (qualified_name (name) @reference.call)])
(attribute [(name) @reference.call (qualified_name (name) @reference.call)])

(namespace_use_declaration) @import @within.import
(namespace_use_declaration (namespace_name) @import.prefix body: (_)) @import.group
(namespace_use_clause [(name) (qualified_name)] @import.path !alias)
(namespace_use_clause [(name) (qualified_name)] @import.path alias: (_) @import.alias)
(require_expression (string (string_content) @import.module)) @import
(require_once_expression (string (string_content) @import.module)) @import
(include_expression (string (string_content) @import.module)) @import
(include_once_expression (string (string_content) @import.module)) @import
(require_expression (encapsed_string (string_content) @import.module)) @import
(require_once_expression (encapsed_string (string_content) @import.module)) @import
(include_expression (encapsed_string (string_content) @import.module)) @import
(include_once_expression (encapsed_string (string_content) @import.module)) @import
(require_once_expression (binary_expression right: (string (string_content) @import.module))) @import
(require_expression (binary_expression right: (string (string_content) @import.module))) @import
(include_once_expression (binary_expression right: (string (string_content) @import.module))) @import
(include_expression (binary_expression right: (string (string_content) @import.module))) @import
