; C, and what C++ shares with it: blocks are scopes, a local is seen from its declaration on.

(translation_unit) @scope.module
[(function_definition) (preproc_function_def)] @scope.function
[(compound_statement) (for_statement) (if_statement) (while_statement) (switch_statement)] @scope.block

(parameter_declaration type: (_) @annotation declarator: [
  (identifier) @bind.parameter
  (pointer_declarator declarator: (identifier) @bind.parameter)
  (pointer_declarator declarator: (pointer_declarator declarator: (identifier) @bind.parameter))
  (array_declarator declarator: (identifier) @bind.parameter)
  (pointer_declarator declarator: (array_declarator declarator: (identifier) @bind.parameter))
  (function_declarator declarator: (parenthesized_declarator (pointer_declarator
    declarator: (identifier) @bind.parameter)))
])
(preproc_params (identifier) @bind.parameter)
((declaration type: (_) @annotation declarator: [
  (identifier) @bind.variable
  (pointer_declarator declarator: (identifier) @bind.variable)
  (pointer_declarator declarator: (pointer_declarator declarator: (identifier) @bind.variable))
  (array_declarator declarator: (identifier) @bind.variable)
  (array_declarator declarator: (array_declarator declarator: (identifier) @bind.variable))
  (pointer_declarator declarator: (array_declarator declarator: (identifier) @bind.variable))
  (function_declarator declarator: (parenthesized_declarator (pointer_declarator
    declarator: (identifier) @bind.variable)))
  (init_declarator declarator: [
    (identifier) @bind.variable
    (pointer_declarator declarator: (identifier) @bind.variable)
    (pointer_declarator declarator: (pointer_declarator declarator: (identifier) @bind.variable))
    (array_declarator declarator: (identifier) @bind.variable)
    (array_declarator declarator: (array_declarator declarator: (identifier) @bind.variable))
    (pointer_declarator declarator: (array_declarator declarator: (identifier) @bind.variable))
    (function_declarator declarator: (parenthesized_declarator (pointer_declarator
      declarator: (identifier) @bind.variable)))
  ] value: (_) @value)
]) (#set! visible "after"))
