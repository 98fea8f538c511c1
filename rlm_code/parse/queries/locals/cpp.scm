; C++ beyond C: templates, references, lambdas, loops over ranges.

(template_declaration) @scope.types
(lambda_expression) @scope.function
[(for_range_loop) (catch_clause)] @scope.block

(type_parameter_declaration (type_identifier) @bind.type)
(optional_type_parameter_declaration name: (type_identifier) @bind.type)
(variadic_type_parameter_declaration (type_identifier) @bind.type)
(parameter_declaration type: (_) @annotation declarator: (reference_declarator (identifier) @bind.parameter))
(parameter_declaration type: (_) @annotation declarator: (pointer_declarator (reference_declarator
  (identifier) @bind.parameter)))
(optional_parameter_declaration type: (_) @annotation declarator: [
  (identifier) @bind.parameter
  (pointer_declarator declarator: (identifier) @bind.parameter)
  (reference_declarator (identifier) @bind.parameter)
])
(variadic_parameter_declaration type: (_) @annotation declarator: [
  (variadic_declarator (identifier) @bind.parameter)
  (reference_declarator (variadic_declarator (identifier) @bind.parameter))
])
((declaration type: (_) @annotation declarator: [
  (reference_declarator (identifier) @bind.variable)
  (init_declarator declarator: (reference_declarator (identifier) @bind.variable) value: (_) @value)
]) (#set! visible "after"))
; `Box box(other);` looks like the prototype of a function, which hardly anyone writes in a body.
((compound_statement (declaration type: (_) @annotation
  declarator: (function_declarator declarator: (identifier) @bind.variable))) (#set! visible "after"))
((structured_binding_declarator (identifier) @bind.variable) (#set! visible "after"))
(for_range_loop type: (_) @annotation declarator: [
  (identifier) @bind.variable
  (reference_declarator (identifier) @bind.variable)
  (pointer_declarator declarator: (identifier) @bind.variable)
] right: (_) @value (#set! way "each") (#set! visible "after"))
((lambda_capture_initializer left: (identifier) @bind.variable right: (_) @value) (#set! visible "after"))
