; F#. What a body binds is local; a type's `let` is its field.

(namespace name: (_) @name) @definition.namespace
(named_module name: (_) @name) @definition.module
(module_defn (identifier) @name) @definition.module
(module_abbrev . (identifier) @name) @definition.module
(function_or_value_defn) @definition.variable
(function_or_value_defn . (function_declaration_left)) @definition.function
(function_or_value_defn body: (_) @local @body)
(function_or_value_defn body: (_) (function_declaration_left) @definition.function)
(value_declaration_left [
  (identifier_pattern (long_identifier_or_op . (identifier) @name .))
  (identifier_pattern (long_identifier_or_op (op_identifier) @name.quoted))
  (paren_pattern (repeat_pattern (identifier_pattern (long_identifier_or_op . (identifier) @name .))))
  (repeat_pattern (identifier_pattern (long_identifier_or_op . (identifier) @name .)))
  (typed_pattern (identifier_pattern (long_identifier_or_op . (identifier) @name .)))
])
(function_declaration_left [
  (identifier) @name
  (op_identifier) @name.quoted
  (active_pattern) @name.quoted
])
(record_type_defn (type_name type_name: [(identifier) @name (long_identifier (identifier) @name .)])) @definition.struct
(record_field (identifier) @name) @definition.field
((union_type_defn (type_name type_name: [(identifier) @name (long_identifier (identifier) @name .)])
  (union_type_cases . (union_type_case . (identifier) @_case))) @definition.enum (#match? @_case "^[A-Z]"))
((union_type_defn (type_name type_name: [(identifier) @name (long_identifier (identifier) @name .)])
  (union_type_cases . (union_type_case . (identifier) @_type))) @definition.type (#not-match? @_type "^[A-Z]"))
((union_type_case . (identifier) @name) @definition.enum_member (#match? @name "^[A-Z]"))
(enum_type_defn (type_name type_name: [(identifier) @name (long_identifier (identifier) @name .)])) @definition.enum
(enum_type_case . (identifier) @name) @definition.enum_member
(anon_type_defn (type_name type_name: [(identifier) @name (long_identifier (identifier) @name .)])) @definition.class
(interface_type_defn (type_name type_name: [(identifier) @name (long_identifier (identifier) @name .)])) @definition.interface
(type_abbrev_defn (type_name type_name: [(identifier) @name (long_identifier (identifier) @name .)])) @definition.type
(delegate_type_defn (type_name type_name: [(identifier) @name (long_identifier (identifier) @name .)])) @definition.type
(type_declaration (type_name type_name: [(identifier) @name (long_identifier (identifier) @name .)])) @definition.type
(type_extension (type_name type_name: [(identifier) (long_identifier)] @qualifier)) @scope
(exception_definition exception_name: (_) @name) @definition.type
(method_or_prop_defn name: (property_or_ident [method: (identifier) @name (op_identifier) @name.quoted]))
  @definition.property
(method_or_prop_defn name: (property_or_ident !instance . (identifier) @name)) @definition.property
(method_or_prop_defn args: (_)) @definition.method
(member_defn (property_or_ident !instance . (identifier) @name)) @definition.property
(member_defn . (attributes)? . (identifier) @name) @definition.field
(member_signature . (identifier) @name) @definition.method
(additional_constr_defn "new" @name) @definition.constructor
(fun_expression) @local

(argument_patterns (long_identifier (identifier) @reference.write))
(identifier_pattern (long_identifier_or_op . (identifier) @reference.write .))
(simple_type) @within.type
(class_inherits_decl (simple_type (long_identifier (identifier) @reference.inherit .)))
(interface_implementation (simple_type (long_identifier (identifier) @reference.inherit .)))
(application_expression . (long_identifier_or_op (identifier) @reference.call .))
(application_expression . (long_identifier_or_op (long_identifier (identifier) @reference.call .)))

(import_decl (long_identifier) @import.module @import.star) @import @within.import
