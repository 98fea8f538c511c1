; Ruby: a method is a scope that sees nothing around it; a block sees what is around.

(program) @scope.module
[(method) (singleton_method)] @scope.function
[(class) (module) (singleton_class)] @scope.function
[(block) (do_block) (lambda)] @scope.block

(method_parameters (identifier) @bind.parameter)
(block_parameters (identifier) @bind.parameter)
(lambda_parameters (identifier) @bind.parameter)
(destructured_parameter (identifier) @bind.parameter)
(optional_parameter name: (_) @bind.parameter value: (_) @value (#set! way "default"))
(keyword_parameter name: (_) @bind.parameter value: (_)? @value (#set! way "default"))
(splat_parameter name: (_) @bind.parameter)
(hash_splat_parameter name: (_) @bind.parameter)
(block_parameter name: (_) @bind.parameter)
(exception_variable (identifier) @bind.variable)
(for pattern: (identifier) @bind.variable value: (in (_) @value) (#set! way "each"))
(assignment left: (identifier) @bind.variable right: (_) @value (#set! visible "after") (#set! joins "true"))
(left_assignment_list (identifier) @bind.variable (#set! visible "after") (#set! joins "true"))
(operator_assignment left: (identifier) @bind.variable (#set! visible "after") (#set! joins "true"))
