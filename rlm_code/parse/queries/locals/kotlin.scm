; Kotlin: blocks, lambdas and branches are scopes; a local is seen from its declaration on.

(source_file) @scope.module
[(class_declaration) (type_alias)] @scope.types
[(class_body) (enum_class_body)] @scope.body
[(function_declaration) (anonymous_function) (secondary_constructor) (getter) (setter)] @scope.function
[(lambda_literal) (anonymous_initializer)] @scope.function
[(block) (for_statement) (catch_block) (when_expression) (when_entry)] @scope.block

(type_parameter . (identifier) @bind.type)
(type_parameter (type_parameter_modifiers) . (identifier) @bind.type)
(parameter . (identifier) @bind.parameter . (_) @annotation)
(class_parameter (identifier) @bind.parameter . (_) @annotation)
(lambda_parameters (variable_declaration . (identifier) @bind.parameter . (_)? @annotation))
(setter (identifier) @bind.parameter)
(catch_block . (identifier) @bind.parameter . (_) @annotation)
(for_statement (variable_declaration . (identifier) @bind.variable . (_)? @annotation) . (_) @value
  (#set! way "each") (#set! visible "after"))
(for_statement (multi_variable_declaration (variable_declaration . (identifier) @bind.variable . (_)? @annotation))
  (#set! visible "after"))
(when_subject (variable_declaration . (identifier) @bind.variable . (_)? @annotation) . (_) @value
  (#set! visible "after"))
(block (property_declaration (variable_declaration . (identifier) @bind.variable . (_)? @annotation) . (_)? @value)
  (#set! visible "after"))
(lambda_literal (property_declaration (variable_declaration . (identifier) @bind.variable . (_)? @annotation)
  . (_)? @value) (#set! visible "after"))
(property_declaration (multi_variable_declaration (variable_declaration . (identifier) @bind.variable
  . (_)? @annotation)) (#set! visible "after"))
