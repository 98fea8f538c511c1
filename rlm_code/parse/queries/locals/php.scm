; PHP: a function is one scope, and nothing from outside is seen in it but what an anonymous one takes along.

(program) @scope.module
[(function_definition) (method_declaration) (anonymous_function)] @scope.function
(arrow_function) @scope.arrow
[(declaration_list) (enum_declaration_list)] @scope.body

(simple_parameter type: (_)? @annotation name: (variable_name (name) @bind.parameter))
(property_promotion_parameter type: (_)? @annotation name: (variable_name (name) @bind.parameter))
(variadic_parameter name: (variable_name (name) @bind.parameter))
(anonymous_function_use_clause (variable_name (name) @bind.variable @value) (#set! way "taken"))
(assignment_expression left: (variable_name (name) @bind.variable) right: (_) @value)
(assignment_expression left: (list_literal (variable_name (name) @bind.variable)))
(reference_assignment_expression left: (variable_name (name) @bind.variable) right: (_) @value)
(foreach_statement . (_) @value (variable_name (name) @bind.variable) . (_) (#set! way "each"))
(foreach_statement . (_) @value (pair (variable_name (name) @bind.variable) .) (#set! way "each"))
(foreach_statement (pair . (variable_name (name) @bind.variable)))
(catch_clause type: (_) @annotation name: (variable_name (name) @bind.variable))
(static_variable_declaration name: (variable_name (name) @bind.variable))
(global_declaration (variable_name (name) @bind.variable))
