; Kotlin.

(package_header (qualified_identifier) @name) @definition.module @within.import
(class_declaration name: (_) @name) @definition.class
(class_declaration "interface" name: (_) @name) @definition.interface
(class_declaration (modifiers (class_modifier "enum")) name: (_) @name) @definition.enum
(class_declaration [(class_body) (enum_class_body)] @body)
(object_declaration name: (_) @name (class_body)? @body) @definition.class
(companion_object name: (_) @name (class_body)? @body) @definition.class
(companion_object !name (class_body)) @scope
(object_literal (class_body)) @scope
(enum_entry . (modifiers)? . (identifier) @name) @definition.enum_member
(function_declaration name: (_) @name (function_body)? @body) @definition.function
(function_declaration (user_type (identifier) @name .) name: (MISSING identifier) @excused (function_body)? @body)
  @definition.function
(function_declaration [(user_type . (identifier) @qualifier) (nullable_type (user_type . (identifier) @qualifier))]
  . "." name: (_))
(function_declaration (user_type . (identifier) @qualifier (identifier)) name: (MISSING identifier))
(secondary_constructor "constructor" @name) @definition.constructor
(property_declaration (variable_declaration . (identifier) @name)) @definition.property
((property_declaration (multi_variable_declaration (variable_declaration . (identifier) @name)))
  @definition.property (#not-eq? @name "_"))
(property_declaration [(user_type . (identifier) @qualifier) (nullable_type (user_type . (identifier) @qualifier))]
  . ".")
(property_declaration (modifiers (property_modifier "const"))) @definition.constant
(class_parameter ["val" "var"] . (identifier) @name) @member.property
(type_alias type: (_) @name) @definition.type
(anonymous_initializer) @local
(anonymous_function) @local
(lambda_literal) @local
(getter) @local
(setter) @local

(variable_declaration . (identifier) @reference.write)
(parameter . (identifier) @reference.write)
(class_parameter (modifiers)? . ["val" "var"]? . (identifier) @reference.write)
(setter (identifier) @reference.write)
(catch_block . (identifier) @reference.write)
(assignment left: [(identifier) @reference.write (navigation_expression (identifier) @reference.write .)])

(delegation_specifier [
  (user_type (identifier) @reference.inherit .)
  (user_type (identifier) @reference.inherit (type_arguments) .)
  (constructor_invocation (user_type (identifier) @reference.inherit .))
  (constructor_invocation (user_type (identifier) @reference.inherit (type_arguments) .))
])
(user_type) @within.type
(type_parameter (identifier) @reference.type)

(call_expression . [(identifier) @reference.call (navigation_expression (identifier) @reference.call .)])
(annotation [
  (user_type (identifier) @reference.call .)
  (constructor_invocation (user_type (identifier) @reference.call .))
])

(import (qualified_identifier) @import.path) @import @within.import
(import "*" @import.star)
(import "as" (identifier) @import.alias)
