; Go: every block is a scope and so is each clause; a name is seen after the statement that declares it, parameters
; in the whole function. `:=` takes up what its own scope has declared.

(source_file) @scope.module
[(function_declaration) (method_declaration) (func_literal)] @scope.function
[(type_spec) (type_alias)] @scope.types
[(if_statement) (for_statement) (select_statement)] @scope.block
[(if_statement (block) @scope.block) (for_statement (block) @scope.block) (statement_list (block) @scope.block)]
[(expression_switch_statement) (type_switch_statement)] @scope.block
[(expression_case) (type_case) (default_case) (communication_case)] @scope.block

(expression_list) @elements

(type_parameter_declaration name: (_) @bind.type type: (_) @annotation)
(method_declaration receiver: (parameter_list (parameter_declaration type: [
  (generic_type type_arguments: (type_arguments (type_elem (type_identifier) @bind.type)))
  (pointer_type (generic_type type_arguments: (type_arguments (type_elem (type_identifier) @bind.type))))
])))
(parameter_declaration name: (_) @bind.parameter type: (_) @annotation)
(variadic_parameter_declaration name: (_) @bind.parameter)

(short_var_declaration left: (expression_list) @bind.variable right: (_) @value
  (#set! visible "after") (#set! joins "true")) @declaration
(range_clause left: (expression_list) @bind.variable ":=" right: (_) @value
  (#set! way "each") (#set! visible "after")) @declaration
(receive_statement left: (expression_list) @bind.variable ":=" right: (_) @value (#set! visible "after")) @declaration
(type_switch_statement alias: (expression_list) @bind.variable value: (_) @value
  (#set! way "case") (#set! visible "after"))
((var_spec name: (identifier) @bind.variable type: (_)? @annotation value: (_)? @value) @declaration
  (#set! visible "after"))
((const_spec name: (identifier) @bind.variable type: (_)? @annotation value: (_)? @value) @declaration
  (#set! visible "after"))
(labeled_statement label: (label_name) @bind.label)
