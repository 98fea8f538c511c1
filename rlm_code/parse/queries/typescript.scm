; TypeScript's own: types, signatures, namespaces, typed parameters.

(ambient_declaration [
  (function_signature) (lexical_declaration) (variable_declaration) (class_declaration) (abstract_class_declaration)
  (interface_declaration) (enum_declaration) (type_alias_declaration) (internal_module) (module)
]) @wrapper
(class_body (decorator) @leading)
(abstract_class_declaration name: (_) @name body: (_) @body) @definition.class
(interface_declaration name: (_) @name body: (_) @body) @definition.interface
(type_alias_declaration name: (_) @name) @definition.type
(enum_declaration name: (_) @name body: (_) @body) @definition.enum
(enum_body name: (property_identifier) @name @definition.enum_member)
(enum_body name: (string (string_fragment) @name) @definition.enum_member)
(enum_assignment name: [(property_identifier) @name (string (string_fragment) @name)]) @definition.enum_member
(internal_module name: [
  (identifier) @name
  (nested_identifier object: (_) @qualifier property: (_) @name)
] body: (_) @body) @definition.namespace
(module name: [
  (identifier) @name
  (nested_identifier object: (_) @qualifier property: (_) @name)
  (string (string_fragment) @name)
] body: (_) @body) @definition.module

(export_statement "as" "namespace" (identifier) @name) @definition.namespace
(export_statement "default" @name value: [(as_expression) (satisfies_expression)]) @definition.constant

(function_signature name: (_) @name) @definition.function
(method_signature name: [(property_identifier) (private_property_identifier)] @name) @definition.method
(abstract_method_signature name: [(property_identifier) (private_property_identifier)] @name) @definition.method
(property_signature name: (property_identifier) @name) @definition.property
(property_signature name: (string (string_fragment) @name)) @definition.property
(public_field_definition name: [(property_identifier) (private_property_identifier)] @name) @definition.field
(public_field_definition name: (_) @name value: [
  (arrow_function body: (_) @body)
  (function_expression body: (_) @body)
]) @definition.method
(required_parameter (accessibility_modifier) pattern: (identifier) @name) @member.field
(required_parameter "readonly" pattern: (identifier) @name) @member.field
(optional_parameter (accessibility_modifier) pattern: (identifier) @name) @member.field

(type_parameters) @local
(variable_declarator type: (_) @local value: (_))
(function_type parameters: (_) @local)
(method_signature parameters: (_) @local)
(call_signature) @local
(construct_signature) @local
(conditional_type) @local
(variable_declarator value: [
  (as_expression (object (pair key: [(property_identifier) @name (string (string_fragment) @name)]) @definition.property))
  (satisfies_expression (object
    (pair key: [(property_identifier) @name (string (string_fragment) @name)]) @definition.property))
  (satisfies_expression (as_expression (object
    (pair key: [(property_identifier) @name (string (string_fragment) @name)]) @definition.property)))
])

(required_parameter pattern: (identifier) @reference.write)
(optional_parameter pattern: (identifier) @reference.write)
(required_parameter pattern: (rest_pattern (identifier) @reference.write))

; The grammar takes `await f<T>()` and `!f<T>()` for calls of `await f` and `!f`.
(call_expression . function: [
  (await_expression [(identifier) @reference.call (member_expression property: (_) @reference.call)])
  (unary_expression argument: [(identifier) @reference.call (member_expression property: (_) @reference.call)])
])

(nested_type_identifier name: (_) @reference.type)
(type_query) @within.type
(class_heritage (extends_clause value: [
  (identifier) @reference.inherit
  (member_expression property: (_) @reference.inherit)
]))
(class_heritage (implements_clause [
  (type_identifier) @reference.inherit
  (generic_type name: (type_identifier) @reference.inherit)
  (generic_type name: (nested_type_identifier name: (_) @reference.inherit))
  (nested_type_identifier name: (_) @reference.inherit)
]))
(extends_type_clause type: [
  (type_identifier) @reference.inherit
  (generic_type name: (type_identifier) @reference.inherit)
  (generic_type name: (nested_type_identifier name: (_) @reference.inherit))
  (nested_type_identifier name: (_) @reference.inherit)
])

(import_require_clause (identifier) @import.namespace source: (string (string_fragment) @import.module))
