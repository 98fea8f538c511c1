; C#.

(file_scoped_namespace_declaration name: (_) @name) @definition.namespace
(namespace_declaration name: (_) @name body: (_) @body) @definition.namespace
(class_declaration name: (_) @name body: (_)? @body) @definition.class
(record_declaration name: (_) @name body: (_)? @body) @definition.class
(record_declaration "struct") @definition.struct
(struct_declaration name: (_) @name body: (_)? @body) @definition.struct
(interface_declaration name: (_) @name body: (_)? @body) @definition.interface
(enum_declaration name: (_) @name body: (_) @body) @definition.enum
(enum_member_declaration name: (_) @name) @definition.enum_member
(delegate_declaration name: (_) @name) @definition.type
(method_declaration name: (_) @name body: (_)? @body) @definition.method
(constructor_declaration name: (_) @name body: (_)? @body) @definition.constructor
(destructor_declaration "~" @name.from parameters: (_) @name.before body: (_)? @body) @definition.method
(operator_declaration "operator" @name.from parameters: (_) @name.before body: (_)? @body) @definition.method
(conversion_operator_declaration "operator" @name.from parameters: (_) @name.before body: (_)? @body) @definition.method
(indexer_declaration "this" @name accessors: (_)? @body) @definition.property
(preproc_define (preproc_arg) @name) @definition.macro
(local_function_statement name: (_) @name body: (_) @body) @definition.function
(property_declaration name: (_) @name) @definition.property
(property_declaration accessors: (_) @body)
(event_declaration name: (_) @name) @definition.property
(event_field_declaration (variable_declaration (variable_declarator name: (_) @name))) @definition.property
(field_declaration (variable_declaration (variable_declarator name: (_) @name))) @definition.field
(record_declaration (parameter_list (parameter name: (_) @name) @member.property))
(accessor_declaration) @local
(lambda_expression) @local
(anonymous_method_expression) @local

(parameter name: (_) @reference.write)
(parameter_list name: (_) @reference.write)
(implicit_parameter) @reference.write
(local_declaration_statement (variable_declaration (variable_declarator name: (_) @reference.write)))
(for_statement initializer: (variable_declaration (variable_declarator name: (_) @reference.write)))
(using_statement (variable_declaration (variable_declarator name: (_) @reference.write)))
(foreach_statement left: (identifier) @reference.write)
(catch_declaration name: (_) @reference.write)
(declaration_pattern name: (_) @reference.write)
(declaration_expression name: (_) @reference.write)
(tuple_pattern name: (_) @reference.write)
(from_clause name: (_) @reference.write)
(assignment_expression left: [
  (identifier) @reference.write
  (member_access_expression name: (identifier) @reference.write)
])
(postfix_unary_expression (identifier) @reference.write ["++" "--"])
(prefix_unary_expression ["++" "--"] (identifier) @reference.write)

(base_list [
  (identifier) @reference.inherit
  (generic_name . (identifier) @reference.inherit)
  (qualified_name name: [(identifier) @reference.inherit (generic_name . (identifier) @reference.inherit)])
  (primary_constructor_base_type type: (identifier) @reference.inherit)
])
(_ type: (_) @within.type)
(method_declaration returns: (_) @within.type)
(type_argument_list) @within.type
(type_parameter name: (_) @reference.type)
(as_expression right: (identifier) @reference.type)
(is_expression right: (identifier) @reference.type)
(typeof_expression (identifier) @reference.type)

(invocation_expression . function: [
  (identifier) @reference.call
  (generic_name . (identifier) @reference.call)
  (member_access_expression name: [(identifier) @reference.call (generic_name . (identifier) @reference.call)])
  (conditional_access_expression (member_binding_expression name: [
    (identifier) @reference.call
    (generic_name . (identifier) @reference.call)
  ]))
])
(object_creation_expression type: [
  (identifier) @reference.call
  (generic_name . (identifier) @reference.call)
  (qualified_name name: [(identifier) @reference.call (generic_name . (identifier) @reference.call)])
])
(attribute name: [(identifier) @reference.call (qualified_name name: (identifier) @reference.call)])

(using_directive [(identifier) (qualified_name)] @import.module @import.star !name) @import @within.import
(using_directive name: (_) @import.alias [(qualified_name) (generic_name)] @import.module) @import @within.import
(using_directive name: (_) @import.alias "=" (identifier) @import.module) @import @within.import
