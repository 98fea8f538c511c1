; Haskell. A function's equations are clauses of one definition.

(header module: (module) @name) @definition.module
(data_type [name: (_) @name (infix operator: (_) @name)]) @definition.type
(data_instance [(data_type) (newtype)] @declaration)
(newtype [name: (_) @name (infix operator: (_) @name)]) @definition.type
(type_synonym [name: (name) @name name: (prefix_id (_) @name) (infix operator: (_) @name)]) @definition.type
(type_family name: (_) @name) @definition.type
(class [name: (name) @name name: (prefix_id (_) @name) (infix operator: (_) @name)]) @definition.trait
(class declarations: (_) @body)
(instance name: (_) @qualifier) @scope
(data_constructor constructor: (_ name: (constructor) @name)) @definition.enum_member
(gadt_constructor name: (constructor) @name) @definition.enum_member
(newtype_constructor name: (constructor) @name) @definition.enum_member
(field name: (field_name (variable) @name)) @definition.field
(data_constructor constructor: (prefix name: (prefix_id (_) @name))) @definition.enum_member
(data_constructor constructor: (infix operator: [
  (constructor_operator) @name
  (infix_id (constructor) @name)
])) @definition.enum_member
(gadt_constructor names: (binding_list name: (constructor) @name)) @definition.enum_member
(data_family name: (_) @name) @definition.type
(pattern_synonym (equation synonym: [
  (constructor) @name
  (apply . function: (constructor) @name)
  (apply . function: (apply . function: (constructor) @name))
  (infix operator: [(constructor_operator) @name (infix_id (constructor) @name)])
])) @definition.function
(class_declarations (signature name: [(variable) @name (prefix_id (operator) @name)]) @clause.method)
(class_declarations (signature names: (binding_list name: (variable) @name)) @definition.method)
(local_binds (_) @local)
(let (local_binds (_) @local))
(function name: [(variable) @name (prefix_id (operator) @name)] match: (_) @body) @clause.function
(function (infix operator: [(operator) @name (infix_id (variable) @name)]) match: (_) @body) @clause.function
(bind name: (variable) @name match: (_) @body) @clause.variable
(bind name: (prefix_id (operator) @name) match: (_) @body) @clause.function
(instance_declarations (bind name: (variable)) @clause.function)
(declarations (bind pattern: [
  (tuple element: (variable) @name)
  (list element: (variable) @name)
  (apply argument: (variable) @name)
]) @definition.variable)
(foreign_import signature: (signature name: (variable) @name)) @definition.function

(patterns (variable) @reference.write)
(patterns (parens (apply argument: (variable) @reference.write)))
(bind pattern: (_) @within.write)
(lambda patterns: (patterns (variable) @reference.write))
(generator pattern: (variable) @reference.write)
(bind name: (variable) @reference.write)

(signature name: (variable) @reference.type)
(instance name: (name) @reference.inherit)
(deriving classes: [(name) @reference.inherit (tuple (name) @reference.inherit)])
(apply . function: [(variable) @reference.call (qualified id: (variable) @reference.call)])
(apply . function: (constructor) @reference.call)
(infix operator: (infix_id (variable) @reference.call))

(import module: (module) @import.module) @import @within.import
(import module: (_) alias: (module) @import.alias)
(import module: (module) @import.star !names !alias)
(import "hiding" @import.star names: (import_list (import_name [variable: (_) type: (_)] @import.hidden)))
(import !alias names: (import_list name: (import_name [variable: (_) type: (_)] @import.name)))
(header (module)) @within.import
