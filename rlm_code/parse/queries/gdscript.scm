; GDScript. A file is a class; its name is that of a `class_name` statement.

(class_name_statement name: (name) @name) @definition.class
(class_definition name: (name) @name body: (_) @body) @definition.class
(function_definition name: (name) @name body: (_)? @body) @definition.function
((function_definition name: (name) @_init) @definition.constructor (#eq? @_init "_init"))
(constructor_definition "_init" @name body: (_)? @body) @definition.constructor
(variable_statement name: (name) @name) @definition.variable
(const_statement name: (name) @name) @definition.constant
(signal_statement name: (name) @name) @definition.property
(enum_definition name: (name) @name body: (_) @body) @definition.enum
(enumerator left: (identifier) @name) @definition.enum_member
(lambda) @local
(set_body) @local
(get_body) @local

(parameters (identifier) @reference.write)
(typed_parameter . (identifier) @reference.write)
(default_parameter . (identifier) @reference.write)
(typed_default_parameter . (identifier) @reference.write)
(variadic_parameter . (identifier) @reference.write)
(assignment left: [(identifier) @reference.write (attribute (identifier) @reference.write .)])
(augmented_assignment left: [(identifier) @reference.write (attribute (identifier) @reference.write .)])
(for_statement left: (identifier) @reference.write)
(pattern_binding (identifier) @reference.write)

(type) @within.type
(extends_statement (type [(identifier) @reference.inherit (attribute (identifier) @reference.inherit .)]))
(call . (identifier) @reference.call)
(attribute_call . (identifier) @reference.call)
(annotation (identifier) @reference.call)

(extends_statement (string) @import.module) @import
((call . (identifier) @_load arguments: (arguments . (string) @import.module)) @import
  (#any-of? @_load "preload" "load"))
