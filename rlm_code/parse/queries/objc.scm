; Objective-C beyond C.

(class_interface . (identifier) @name !category) @definition.class
(class_interface . (identifier) @qualifier category: (_)) @scope
(class_implementation . (identifier) @name !category) @definition.class
(class_implementation . (identifier) @qualifier category: (_)) @scope
(protocol_declaration . (identifier) @name) @definition.interface
(method_declaration (method_type)? . (identifier) @name) @definition.method
(method_definition) @definition.method
(method_definition . (method_type) . (identifier) @name)
(method_definition (compound_statement) @body)
(property_declaration (struct_declaration (struct_declarator [
  (identifier) @name
  (pointer_declarator declarator: (identifier) @name)
]))) @definition.property
(property_declaration (struct_declaration (struct_declarator (function_declarator)))) @definition.property
(property_declaration (struct_declaration (struct_declarator (pointer_declarator (function_declarator)))))
  @definition.property
(instance_variable (struct_declaration (struct_declarator [(function_declarator) (array_declarator)])))
  @definition.field
(instance_variable (struct_declaration (struct_declarator [
  (identifier) @name
  (pointer_declarator declarator: (identifier) @name)
]))) @definition.field
(implementation_definition [(function_definition) (declaration)]) @outside
(block_literal) @local
((declaration (storage_class_specifier) @_extern) @declaration
  (#any-of? @_extern "FOUNDATION_EXPORT" "FOUNDATION_EXTERN" "UIKIT_EXTERN" "NS_EXTERN" "OBJC_EXTERN" "OBJC_EXPORT"))
((declaration type: (type_identifier) @_class) @declaration (#eq? @_class "class"))

(method_parameter (identifier) @reference.write .)
(class_interface superclass: (_) @reference.inherit)
(class_interface (parameterized_arguments (type_name (type_identifier) @reference.inherit)))
(protocol_reference_list (identifier) @reference.inherit)
(message_expression method: (identifier) @reference.call)

(module_import path: (_) @import.module) @import @within.import
