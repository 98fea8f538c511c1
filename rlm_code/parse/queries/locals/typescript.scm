; TypeScript's own: type parameters, signatures, namespaces, enums.

[
  (function_signature) (method_signature) (abstract_method_signature) (call_signature) (construct_signature)
  (function_type) (constructor_type)
] @scope.function
[(abstract_class_declaration) (interface_declaration) (type_alias_declaration) (index_signature)] @scope.types
(conditional_type) @scope.conditional
[(internal_module) (module)] @scope.module
(enum_body) @scope.enum

(abstract_class_declaration name: (_) @bind.definition)
(interface_declaration name: (_) @bind.definition)
(type_alias_declaration name: (_) @bind.definition)
(enum_declaration name: (_) @bind.definition)
(function_signature name: (_) @bind.definition)
(internal_module name: (identifier) @bind.definition)
(module name: (identifier) @bind.definition)
((internal_module name: (nested_identifier object: (identifier) @bind.namespace)) (#set! scope "outer"))
((module name: (nested_identifier object: (identifier) @bind.namespace)) (#set! scope "outer"))
(enum_body name: (property_identifier) @bind.member)
(enum_body (enum_assignment name: (property_identifier) @bind.member value: (_) @value))
(import_require_clause (identifier) @bind.import)
(import_alias . (identifier) @bind.import)

(type_parameter name: (_) @bind.type)
(mapped_type_clause name: (_) @bind.type)
((infer_type . (type_identifier) @bind.type) (#set! scope "conditional"))
(index_signature name: (identifier) @bind.parameter)

(required_parameter pattern: (_) @bind.parameter type: (type_annotation (_) @annotation)? value: (_)? @value
  (#set! way "default"))
(optional_parameter pattern: (_) @bind.parameter type: (type_annotation (_) @annotation)? value: (_)? @value
  (#set! way "default"))
(variable_declarator name: (_) @bind.variable type: (type_annotation (_) @annotation) value: (_)? @value)
