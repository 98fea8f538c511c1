; Java: blocks, loops, lambdas and bodies of methods are scopes; a local is seen from its declaration on.
; Members are not locals. A pattern's variable is seen to the end of the block or statement that tests it; after a
; negated test that leaves the statement, behind it too.

(program) @scope.module
[(class_body) (interface_body) (enum_body) (annotation_type_body)] @scope.body
[(class_declaration) (interface_declaration) (record_declaration) (enum_declaration)] @scope.types
[(method_declaration) (constructor_declaration) (compact_constructor_declaration)] @scope.function
(lambda_expression) @scope.function
(static_initializer) @scope.function
[(block) (constructor_body)] @scope.block
[(for_statement) (enhanced_for_statement) (while_statement) (do_statement) (if_statement)] @scope.block
[(try_with_resources_statement) (catch_clause) (switch_block_statement_group) (switch_rule)] @scope.block
(switch_block) @scope.block
[(ternary_expression) (labeled_statement)] @scope.block

(type_parameter . (type_identifier) @bind.type)
(type_parameter (annotation) . (type_identifier) @bind.type)
(type_parameter (marker_annotation) . (type_identifier) @bind.type)

(method_declaration parameters: (formal_parameters (formal_parameter type: (_) @annotation name: (_) @bind.parameter)))
(constructor_declaration
  parameters: (formal_parameters (formal_parameter type: (_) @annotation name: (_) @bind.parameter)))
(lambda_expression parameters: (formal_parameters (formal_parameter type: (_) @annotation name: (_) @bind.parameter)))
(spread_parameter (variable_declarator name: (_) @bind.parameter))
(lambda_expression parameters: (identifier) @bind.parameter)
(inferred_parameters (identifier) @bind.parameter)
(catch_formal_parameter (catch_type) @annotation name: (_) @bind.parameter)

(local_variable_declaration type: (_) @annotation declarator: (variable_declarator name: (_) @bind.variable value: (_)? @value)
  (#set! visible "after"))
(enhanced_for_statement type: (_) @annotation name: (_) @bind.variable value: (_) @value
  (#set! way "each") (#set! visible "after"))
(resource type: (_) @annotation name: (_) @bind.variable value: (_) @value (#set! visible "after"))

(instanceof_expression right: (_) @annotation name: (_) @bind.variable (#set! visible "after"))
((unary_expression operator: "!" operand: (parenthesized_expression
  (instanceof_expression left: (_) @value right: (_) @annotation name: (_) @bind.variable)))
  (#set! visible "after") (#set! scope "outer"))
(type_pattern (_) @annotation . (identifier) @bind.variable (#set! visible "after"))
(record_pattern_component (_) @annotation . (identifier) @bind.variable (#set! visible "after"))
(labeled_statement . (identifier) @bind.label)
