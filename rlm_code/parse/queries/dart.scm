; Dart: a body stands after its signature, not inside it.

(class_definition name: (_) @name body: (_) @body) @definition.class
(class_definition (mixin_application_class . (identifier) @name)) @definition.class
(library_name (dotted_identifier_list) @name) @definition.module
(extension_declaration !name class: (type_identifier) @qualifier) @scope
(mixin_declaration (identifier) @name (class_body) @body) @definition.trait
(enum_declaration name: (_) @name body: (_) @body) @definition.enum
(enum_constant name: (_) @name) @definition.enum_member
(extension_declaration name: (_) @name body: (_) @body) @definition.class
(extension_type_declaration name: (_) @name body: (_)? @body) @definition.class
(type_alias . (type_identifier) @name "=") @definition.type
(type_alias (type_identifier) @name . (formal_parameter_list)) @definition.type
(function_signature name: (_) @name) @definition.function
(getter_signature name: (_) @name) @definition.property
(setter_signature name: (_) @name) @definition.property
(operator_signature "operator" @name.from (formal_parameter_list) @name.before) @definition.method
(constructor_signature name: (_) "." name: (_) @name) @definition.constructor
(constructor_signature . name: (_) @name . parameters: (_)) @definition.method
(constant_constructor_signature (identifier) @name . (formal_parameter_list)) @definition.constructor
(factory_constructor_signature (identifier) @name . (formal_parameter_list)) @definition.constructor
(redirecting_factory_constructor_signature (identifier) @name . (formal_parameter_list)) @definition.constructor
(static_final_declaration . (identifier) @name) @definition.constant
(initialized_identifier . (identifier) @name) @definition.variable
(function_body) @trailing
(method_signature) @wrapper
(declaration) @wrapper
(function_expression) @local

(formal_parameter name: (_) @reference.write)
(formal_parameter (constructor_param (identifier) @reference.write))
(function_expression parameters: (formal_parameter_list (formal_parameter (identifier) @reference.write)))
(initialized_variable_definition name: (_) @reference.write)
(for_loop_parts) @field.name.reference.write
(catch_parameters (identifier) @reference.write)
(field_initializer (identifier) @reference.write)
(assignable_expression . (identifier) @reference.write .)
(assignable_expression (unconditional_assignable_selector (identifier) @reference.write) .)

(superclass . (type_identifier) @reference.inherit)
(mixins (type_identifier) @reference.inherit)
(interfaces (type_identifier) @reference.inherit)
(mixin_declaration (mixin) (identifier) (type_identifier) @reference.inherit)

((identifier) @reference.call . (selector (argument_part)))
((selector (unconditional_assignable_selector (identifier) @reference.call)) . (selector (argument_part)))
((selector (conditional_assignable_selector (identifier) @reference.call)) . (selector (argument_part)))
(new_expression (type_identifier) @reference.call)
(const_object_expression (type_identifier) @reference.call)
(annotation name: (identifier) @reference.call)

(library_import) @import @within.import
(library_export) @import @within.import
(configurable_uri (uri) @import.module)
(import_specification (configurable_uri) @import.star .)
(library_export (configurable_uri) @import.star .)
(import_specification "as" (identifier) @import.alias)
(combinator "show" (identifier) @import.name)
(combinator "hide" @import.star)
(part_directive (uri) @import.module) @import
(part_of_directive (uri) @import.module) @import
