; Scala 2 and 3.

(package_clause name: (_) @name !body) @definition.module
(package_clause name: (_) @name body: (_) @body) @definition.namespace
(package_object name: (_) @name body: (_)? @body) @definition.class
(class_definition name: (_) @name body: (_)? @body) @definition.class
(object_definition name: (_) @name body: (_)? @body) @definition.class
(trait_definition name: (_) @name body: (_)? @body) @definition.trait
(enum_definition name: (_) @name body: (_) @body) @definition.enum
(simple_enum_case name: (_) @name) @definition.enum_member
(full_enum_case name: (_) @name) @definition.enum_member
(function_definition name: (_) @name body: (_)? @body) @definition.function
(function_declaration name: (_) @name) @definition.function
(val_definition pattern: [(identifier) @name (tuple_pattern (identifier) @name) (identifiers (identifier) @name)])
  @definition.variable
(var_definition pattern: [(identifier) @name (tuple_pattern (identifier) @name) (identifiers (identifier) @name)])
  @definition.variable
(val_declaration name: (_) @name) @definition.variable
(var_declaration name: (_) @name) @definition.variable
(class_parameter ["val" "var"] name: (_) @name) @member.field
(class_definition "case" . "class" name: (_) . type_parameters: (_)? . class_parameters: (class_parameters (class_parameter name: (_) @name) @member.field))
(type_definition name: (_) @name) @definition.type
(given_definition name: (_) @name) @definition.variable
(given_definition) @scope
(extension_definition . (parameters . (parameter type: [
  (type_identifier) @qualifier
  (generic_type type: (type_identifier) @qualifier)
]))) @scope
(extension_definition . (type_parameters) . (parameters . (parameter type: [
  (type_identifier) @qualifier
  (generic_type type: (type_identifier) @qualifier)
]))) @scope
(lambda_expression) @local
(case_block) @local
(block) @local
(indented_block) @local
(instance_expression (template_body)) @scope

(class_parameter name: (_) @reference.write)
(parameter name: (_) @reference.write)
(lambda_expression parameters: (identifier) @reference.write)
(binding name: (_) @reference.write)
(enumerator . (identifier) @reference.write)
(typed_pattern pattern: (identifier) @reference.write)
(case_class_pattern pattern: (identifier) @reference.write)
(capture_pattern name: (_) @reference.write)
(case_clause pattern: (identifier) @reference.write)
(assignment_expression left: [(identifier) @reference.write (field_expression field: (_) @reference.write)])

; No field: in an alternation it would match the first of several bases alone.
(extends_clause [
  (type_identifier) @reference.inherit
  (generic_type type: (type_identifier) @reference.inherit)
  (stable_type_identifier (type_identifier) @reference.inherit)
  (generic_type type: (stable_type_identifier (type_identifier) @reference.inherit))
])
(instance_expression [
  (type_identifier) @reference.inherit
  (generic_type type: (type_identifier) @reference.inherit)
  (stable_type_identifier (type_identifier) @reference.inherit)
  (generic_type type: (stable_type_identifier (type_identifier) @reference.inherit))
] (template_body))
(instance_expression (compound_type [
  (type_identifier) @reference.inherit
  (generic_type type: (type_identifier) @reference.inherit)
  (stable_type_identifier (type_identifier) @reference.inherit)
  (generic_type type: (stable_type_identifier (type_identifier) @reference.inherit))
]))
(given_definition return_type: [
  (type_identifier) @reference.inherit
  (generic_type type: (type_identifier) @reference.inherit)
  (stable_type_identifier (type_identifier) @reference.inherit)
  (generic_type type: (stable_type_identifier (type_identifier) @reference.inherit))
] body: (with_template_body))

(call_expression . function: [
  (identifier) @reference.call
  (field_expression field: (_) @reference.call)
  (generic_function function: [(identifier) @reference.call (field_expression field: (_) @reference.call)])
])
(infix_expression operator: (identifier) @reference.call)
(instance_expression [
  (type_identifier) @reference.call
  (generic_type type: (type_identifier) @reference.call)
  (stable_type_identifier (type_identifier) @reference.call)
])
(annotation name: (type_identifier) @reference.call)

(package_clause name: (_) @within.import)
(import_declaration (identifier) @import.part) @import @within.import
(import_declaration (namespace_wildcard) @import.star)
(namespace_selectors (identifier) @import.name)
(namespace_selectors (namespace_wildcard) @import.star)
(arrow_renamed_identifier name: (_) @import.name)
(arrow_renamed_identifier alias: (identifier) @import.alias)
(as_renamed_identifier name: (_) @import.name)
(as_renamed_identifier alias: (identifier) @import.alias)
(arrow_renamed_identifier name: (_) @import.hidden alias: (wildcard))
(type_parameters name: (identifier) @reference.type)
