; OCaml, implementations and interfaces.

(module_definition) @wrapper
(module_binding (module_name) @name body: (_)? @body) @definition.module
(module_type_definition (module_type_name) @name body: (_)? @body) @definition.interface
(value_definition) @wrapper
(type_definition) @wrapper
(class_definition) @wrapper
(let_binding pattern: (value_name) @name body: (_) @body) @definition.variable
(let_binding pattern: (value_name) (parameter)) @definition.function
(let_binding pattern: (value_name) body: [(fun_expression) (function_expression)]) @definition.function
(let_binding pattern: (parenthesized_operator (_) @name) body: (_) @body) @definition.function
(let_binding pattern: [
  (tuple_pattern (value_name) @name)
  (parenthesized_pattern (tuple_pattern (value_name) @name))
  (typed_pattern pattern: (value_name) @name)
  (lazy_pattern pattern: (value_name) @name)
  (constructor_pattern pattern: (value_name) @name)
  (record_pattern (field_pattern pattern: (value_name) @name))
  (record_pattern (field_pattern (field_path . (field_name) @name .) .))
]) @definition.variable
(let_expression (value_definition (let_binding) @local))
(fun_expression) @local
(function_expression) @local
(external [(value_name) @name (parenthesized_operator (_) @name)]) @definition.function
(value_specification [(value_name) @name (parenthesized_operator (_) @name)]) @definition.variable
(value_specification type: [(function_type) (polymorphic_type (function_type))]) @definition.function
(type_binding name: (type_constructor) @name) @definition.type
(type_binding name: (type_constructor_path (type_constructor) @qualifier)) @scope
(variant_declaration (constructor_declaration (constructor_name) @name) @definition.enum_member)
(type_binding body: (polymorphic_variant_type (tag_specification (tag) @name.marked @definition.enum_member)))
(field_declaration (field_name) @name) @definition.field
(exception_definition (constructor_declaration (constructor_name) @name)) @definition.type
(class_binding (class_name) @name body: (_)? @body) @definition.class
(class_type_binding (class_type_name) @name) @definition.interface
(method_definition (method_name) @name) @definition.method
(method_specification (method_name) @name) @definition.method
(instance_variable_definition (instance_variable_name) @name) @definition.field

(value_pattern) @reference.write
(field_expression (field_path (field_name) @reference.write))
(set_expression (field_get_expression field: (field_path (field_name) @reference.write)))

(application_expression function: [
  (value_path (value_name) @reference.call)
  (constructor_path (constructor_name) @reference.call)
])
(method_invocation (method_name) @reference.call)
(inheritance_definition class: (class_path (class_name) @reference.inherit))

(open_module module: (_) @import.module @import.star) @import @within.import
(include_module module: (_) @import.module @import.star) @import
(module_definition (module_binding (module_name) @import.namespace body: (module_path) @import.module)) @import
