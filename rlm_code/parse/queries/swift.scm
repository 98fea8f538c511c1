; Swift.

(class_declaration "class" name: (type_identifier) @name) @definition.class
(class_declaration "actor" name: (type_identifier) @name) @definition.class
(class_declaration "struct" name: (type_identifier) @name) @definition.struct
(class_declaration "enum" name: (type_identifier) @name) @definition.enum
(class_declaration "extension" name: (user_type (type_identifier) @qualifier)) @scope
(class_declaration) @field.body.body
(protocol_declaration) @definition.interface @field.name.name @field.body.body
(enum_entry name: (simple_identifier) @name) @definition.enum_member
(function_declaration) @definition.function @field.name.name @field.body.body
(protocol_function_declaration name: (simple_identifier) @name) @definition.method
(subscript_declaration "subscript" @name) @definition.method
(init_declaration "init" @name) @definition.constructor @field.body.body
(property_declaration name: (pattern bound_identifier: (_) @name)) @definition.property
(property_declaration name: (pattern (pattern (simple_identifier) @name))) @definition.property
(protocol_property_declaration name: (pattern bound_identifier: (_) @name)) @definition.property
(typealias_declaration . (type_identifier) @name) @definition.type
(typealias_declaration (modifiers) . (type_identifier) @name) @definition.type
(associatedtype_declaration name: (type_identifier) @name) @definition.type
(precedence_group_declaration . (simple_identifier) @name) @definition.type
(macro_declaration (simple_identifier) @name) @definition.macro
(computed_property) @local
(lambda_literal) @local
(if_statement) @local
(for_statement) @local
(while_statement) @local
(do_statement) @local
(switch_statement) @local
(willset_didset_block) @local
(deinit_declaration "deinit" @name) @definition.method @field.body.body

(_ bound_identifier: (simple_identifier) @reference.write)
(parameter . external_name: (_)? . name: (simple_identifier) @reference.write)
(lambda_parameter name: (simple_identifier) @reference.write)
(assignment target: (directly_assignable_expression [
  (simple_identifier) @reference.write
  (navigation_expression suffix: (navigation_suffix suffix: (simple_identifier) @reference.write))
]))

(inheritance_specifier inherits_from: (user_type (type_identifier) @reference.inherit .))
(inheritance_specifier inherits_from: (user_type (type_identifier) @reference.inherit (type_arguments) .))

(call_expression . [
  (simple_identifier) @reference.call
  (navigation_expression suffix: (navigation_suffix suffix: (simple_identifier) @reference.call))
])
(attribute (user_type (type_identifier) @reference.call))

(import_declaration (identifier) @import.module @import.star) @import @within.import
