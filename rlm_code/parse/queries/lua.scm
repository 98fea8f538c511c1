; Lua. `function M.f` and `M.f = function` are qualified by the table.

(function_declaration name: [
  (identifier) @name
  (dot_index_expression table: (_) @qualifier field: (_) @name)
] body: (_)? @body) @definition.function
(function_declaration name: (method_index_expression table: (_) @qualifier method: (_) @name) body: (_)? @body)
  @definition.method
(assignment_statement (variable_list name: (identifier) @name)) @definition.variable
(variable_declaration (variable_list name: (identifier) @name)) @definition.variable
(variable_declaration (assignment_statement)) @wrapper
(assignment_statement
  (variable_list . name: (identifier) @name .)
  (expression_list . value: (function_definition body: (_)? @body))) @definition.function
(assignment_statement
  (variable_list . name: (dot_index_expression table: (_) @qualifier field: (_) @name) .)
  (expression_list . value: (function_definition body: (_)? @body))) @definition.function
(assignment_statement
  (variable_list . name: (bracket_index_expression table: (_) @qualifier field: (string content: (_) @name)) .)
  (expression_list . value: (function_definition body: (_)? @body))) @definition.function
(field name: (string content: (_) @name) value: (function_definition body: (_)? @body)) @definition.function
(field name: (identifier) @name value: (function_definition body: (_)? @body)) @definition.function
(function_definition) @local

(parameters name: (identifier) @reference.write)
(variable_list name: [
  (identifier) @reference.write
  (dot_index_expression field: (_) @reference.write)
])
(for_numeric_clause name: (_) @reference.write)

(function_call name: [
  (identifier) @reference.call
  (dot_index_expression field: (_) @reference.call)
  (method_index_expression method: (_) @reference.call)
])

((function_call name: (identifier) @_require arguments: (arguments . (string content: (_) @import.module))) @import
  (#any-of? @_require "require" "dofile"))
((assignment_statement
  (variable_list . name: (identifier) @import.namespace .)
  (expression_list . value: (function_call name: (identifier) @_require
    arguments: (arguments . (string content: (_) @import.module))) .)) @import
  (#eq? @_require "require"))
