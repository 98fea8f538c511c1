; C++ beyond C.

(template_declaration) @wrapper
(class_specifier name: [
  (type_identifier) @name
  (template_type name: (_) @name)
  (qualified_identifier scope: (_) @qualifier name: (type_identifier) @name)
  (qualified_identifier scope: (_) @qualifier name: (qualified_identifier scope: (_) @qualifier name: (_) @name))
] body: (_) @body) @definition.class
(struct_specifier name: [
  (template_type name: (_) @name)
  (qualified_identifier scope: (_) @qualifier name: (type_identifier) @name)
  (qualified_identifier scope: (_) @qualifier name: (qualified_identifier scope: (_) @qualifier name: (_) @name))
] body: (_) @body) @definition.struct
(enum_specifier name: (qualified_identifier scope: (_) @qualifier name: (type_identifier) @name) body: (_) @body)
  @definition.enum
(function_definition type: [(class_specifier !body) (struct_specifier !body)] declarator: (identifier))
  @definition.class
((declaration type: (class_specifier name: (_) @_export !body)) @declaration (#match? @_export "^[A-Z][A-Z0-9_]+$"))
(class_specifier body: (_)) @scope
((declaration . type: (type_identifier) @_import . declarator: (identifier) @import.module .) @import
  (#eq? @_import "import"))
((declaration type: (type_identifier) @_keyword) @declaration (#any-of? @_keyword "import" "export"))
((translation_unit (declaration type: (type_identifier) @_module) @definition.module) (#eq? @_module "module"))
(namespace_definition name: [
  (namespace_identifier) @name
  (nested_namespace_specifier (namespace_identifier) @name)
] body: (_) @body) @definition.namespace
(namespace_alias_definition name: (_) @name) @definition.namespace
(alias_declaration name: (_) @name) @definition.type
(concept_definition name: (_) @name) @definition.type
(function_definition body: (_)? @body) @definition.function
(lambda_expression) @local
(optional_parameter_declaration) @local
(variadic_parameter_declaration) @local

(field_declaration declarator: [
  (function_declarator declarator: [(field_identifier) (operator_name) (destructor_name)])
  (pointer_declarator declarator: (function_declarator declarator: [(field_identifier) (operator_name)]))
  (reference_declarator (function_declarator declarator: [(field_identifier) (operator_name)]))
]) @definition.method
(field_declaration_list (declaration declarator: (function_declarator)) @definition.method)
(field_declaration_list (template_declaration (declaration declarator: (_)) @definition.method))
(declaration declarator: [
  (function_declarator declarator: [
    (identifier) (operator_name) (destructor_name) (qualified_identifier) (template_function)
  ])
  (reference_declarator (function_declarator))
  (pointer_declarator declarator: (function_declarator declarator: [(operator_name) (qualified_identifier)]))
]) @declaration
(template_declaration (declaration)) @declaration

(_ declarator: [(destructor_name) (operator_name)] @name)
(reference_declarator [(identifier) (field_identifier)] @name)
(operator_cast "operator" @name.from declarator: [
  (abstract_function_declarator parameters: (_) @name.before)
  (_ declarator: (abstract_function_declarator parameters: (_) @name.before))
])
(field_declaration_list (declaration declarator: (operator_cast)) @definition.method)
(function_definition declarator: (qualified_identifier scope: [
  (namespace_identifier) @qualifier
  (template_type name: (_) @qualifier)
] name: (operator_cast)))
(_ declarator: (template_function name: (identifier) @name))
(_ declarator: (qualified_identifier scope: [
  (namespace_identifier) @qualifier
  (template_type name: (_) @qualifier)
] name: [
  (identifier) @name
  (operator_name) @name
  (destructor_name) @name
  (template_function name: (_) @name)
  (qualified_identifier scope: [
    (namespace_identifier) @qualifier
    (template_type name: (_) @qualifier)
  ] name: [
    (identifier) @name
    (operator_name) @name
    (destructor_name) @name
    (template_function name: (_) @name)
    (qualified_identifier scope: [
      (namespace_identifier) @qualifier
      (template_type name: (_) @qualifier)
    ] name: [(identifier) (operator_name) (destructor_name)] @name)
  ])
]))
(reference_declarator (function_declarator declarator: [(operator_name) (field_identifier)] @name))

(structured_binding_declarator (identifier) @reference.write)
(for_range_loop declarator: (reference_declarator (identifier) @reference.write))
(field_initializer (field_identifier) @reference.write)
(lambda_capture_specifier (identifier) @reference.read)

(base_class_clause [
  (type_identifier) @reference.inherit
  (template_type name: (_) @reference.inherit)
  (qualified_identifier name: [(type_identifier) @reference.inherit (template_type name: (_) @reference.inherit)])
  (qualified_identifier name: (qualified_identifier
    name: [(type_identifier) @reference.inherit (template_type name: (_) @reference.inherit)]))
])
(call_expression . function: [
  (template_function name: (_) @reference.call)
  (qualified_identifier name: [(identifier) @reference.call (template_function name: (_) @reference.call)])
  (qualified_identifier name: (qualified_identifier
    name: [(identifier) @reference.call (template_function name: (_) @reference.call)]))
  (field_expression field: (template_method name: (_) @reference.call))
])
(new_expression type: [
  (type_identifier) @reference.call
  (template_type name: (_) @reference.call)
  (qualified_identifier name: [(type_identifier) @reference.call (template_type name: (_) @reference.call)])
])
(attribute name: (_) @reference.call)
(namespace_identifier) @reference.read
