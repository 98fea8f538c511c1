; Java.

(package_declaration [(scoped_identifier) (identifier)] @name) @definition.module
(module_declaration name: (_) @name body: (_) @body) @definition.module
(class_declaration name: (_) @name body: (_) @body) @definition.class
(record_declaration name: (_) @name body: (_) @body) @definition.class
(interface_declaration name: (_) @name body: (_) @body) @definition.interface
(annotation_type_declaration name: (_) @name body: (_) @body) @definition.interface
(enum_declaration name: (_) @name body: (_) @body) @definition.enum
(enum_constant name: (_) @name body: (_)? @body) @definition.enum_member
(method_declaration name: (_) @name body: (_)? @body) @definition.method
(annotation_type_element_declaration name: (_) @name) @definition.method
(constructor_declaration name: (_) @name body: (_) @body) @definition.constructor
(compact_constructor_declaration name: (_) @name body: (_) @body) @definition.constructor
(field_declaration declarator: (variable_declarator name: (_) @name)) @definition.field
(constant_declaration declarator: (variable_declarator name: (_) @name)) @definition.constant
(record_declaration parameters: (formal_parameters (formal_parameter name: (_) @name) @member.field))
(record_declaration parameters: (formal_parameters (spread_parameter (variable_declarator name: (_) @name)) @member.field))
(static_initializer) @local
(lambda_expression) @local
(object_creation_expression (class_body) @scope)

(formal_parameter name: (_) @reference.write)
(spread_parameter (variable_declarator name: (_) @reference.write))
(catch_formal_parameter name: (_) @reference.write)
(inferred_parameters (identifier) @reference.write)
(lambda_expression parameters: (identifier) @reference.write)
(enhanced_for_statement name: (_) @reference.write)
(resource name: (_) @reference.write)
(local_variable_declaration declarator: (variable_declarator name: (_) @reference.write))
(type_pattern (identifier) @reference.write)
(instanceof_expression name: (_) @reference.write)
(record_pattern_component (identifier) @reference.write)
(assignment_expression left: [(identifier) @reference.write (field_access field: (_) @reference.write)])
(update_expression [(identifier) @reference.write (field_access field: (_) @reference.write)])

(superclass [
  (type_identifier) @reference.inherit
  (generic_type . (type_identifier) @reference.inherit)
  (scoped_type_identifier (type_identifier) @reference.inherit .)
  (generic_type . (scoped_type_identifier (type_identifier) @reference.inherit .))
])
(type_list [
  (type_identifier) @reference.inherit
  (generic_type . (type_identifier) @reference.inherit)
  (scoped_type_identifier (type_identifier) @reference.inherit .)
  (generic_type . (scoped_type_identifier (type_identifier) @reference.inherit .))
])

(method_invocation name: (_) @reference.call)
(method_reference (identifier) @reference.call .)
(object_creation_expression type: [
  (type_identifier) @reference.call
  (generic_type . (type_identifier) @reference.call)
  (scoped_type_identifier (type_identifier) @reference.call .)
  (generic_type . (scoped_type_identifier (type_identifier) @reference.call .))
])
(marker_annotation name: [(identifier) @reference.call (scoped_identifier name: (_) @reference.call)])
(annotation name: [(identifier) @reference.call (scoped_identifier name: (_) @reference.call)])

(import_declaration [(scoped_identifier) (identifier)] @import.path) @import @within.import
(import_declaration (asterisk) @import.star)
(package_declaration) @within.import
