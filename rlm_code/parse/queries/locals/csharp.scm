; C#: blocks, statements and lambdas are scopes; a local is seen from its declaration on.

(compilation_unit) @scope.module
[(class_declaration) (struct_declaration) (interface_declaration) (record_declaration)] @scope.types
(declaration_list) @scope.body
[(method_declaration) (constructor_declaration) (local_function_statement) (operator_declaration)] @scope.function
[(conversion_operator_declaration) (indexer_declaration) (delegate_declaration)] @scope.function
[(lambda_expression) (anonymous_method_expression) (accessor_declaration)] @scope.function
[(block) (for_statement) (foreach_statement) (using_statement) (catch_clause)] @scope.block
[(switch_section) (switch_expression_arm) (query_expression)] @scope.block

(type_parameter name: (_) @bind.type)
(parameter type: (_)? @annotation name: (_) @bind.parameter)
(parameter_list type: (_)? @annotation name: (_) @bind.parameter)
(implicit_parameter) @bind.parameter
(variable_declaration type: (_) @annotation (variable_declarator name: (_) @bind.variable . (_)? @value)
  (#set! visible "after"))
(foreach_statement type: (_) @annotation left: (identifier) @bind.variable right: (_) @value
  (#set! way "each") (#set! visible "after"))
(catch_declaration type: (_) @annotation name: (_) @bind.variable)
(declaration_pattern type: (_) @annotation name: (_) @bind.variable (#set! visible "after"))
(declaration_expression type: (_) @annotation name: (_) @bind.variable (#set! visible "after"))
(recursive_pattern type: (_) @annotation name: (_) @bind.variable (#set! visible "after"))
(from_clause name: (_) @bind.variable . (_) @value (#set! way "each") (#set! visible "after"))
(tuple_pattern name: (_) @bind.variable (#set! visible "after"))
(labeled_statement . (identifier) @bind.label)
