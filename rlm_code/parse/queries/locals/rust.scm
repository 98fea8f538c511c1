; Rust: blocks, arms and closures are scopes; each `let` binds a new name, seen after it, an item in all of its block.

(source_file) @scope.module
[(impl_item) (struct_item) (enum_item) (union_item) (trait_item) (type_item)] @scope.types
[(function_item) (function_signature_item) (closure_expression)] @scope.function
[(block) (match_arm) (for_expression) (if_expression) (while_expression)] @scope.block

(type_parameter name: (type_identifier) @bind.type)
(const_parameter name: (identifier) @bind.variable)
(parameter pattern: (identifier) @bind.parameter type: (_) @annotation)
(parameter pattern: (mut_pattern (identifier) @bind.parameter) type: (_) @annotation)
(closure_parameters (identifier) @bind.parameter)
(block [(const_item name: (identifier) @bind.variable type: (_) @annotation value: (_)? @value)
  (static_item name: (identifier) @bind.variable type: (_) @annotation value: (_)? @value)] @declaration)

((let_declaration pattern: (identifier) @bind.variable type: (_)? @annotation value: (_)? @value) @declaration
  (#set! visible "after"))
((let_declaration pattern: (mut_pattern (identifier) @bind.variable) type: (_)? @annotation value: (_)? @value)
  @declaration (#set! visible "after"))
((let_declaration pattern: (tuple_struct_pattern type: (identifier) @_held . (identifier) @bind.variable)
  value: (_) @value) @declaration (#any-of? @_held "Some" "Ok") (#set! visible "after"))
((let_condition pattern: (tuple_struct_pattern type: (identifier) @_held . (identifier) @bind.variable)
  value: (_) @value) @declaration (#any-of? @_held "Some" "Ok") (#set! visible "after"))
((match_expression value: (_) @value body: (match_block (match_arm pattern: (match_pattern
  (tuple_struct_pattern type: (identifier) @_held . (identifier) @bind.variable)))))
  (#any-of? @_held "Some" "Ok") (#set! visible "after"))
(for_expression pattern: (identifier) @bind.variable value: (_) @value (#set! way "each") (#set! visible "after"))

((tuple_pattern (identifier) @bind.variable) (#match? @bind.variable "^[a-z_]") (#set! visible "after"))
((slice_pattern (identifier) @bind.variable) (#match? @bind.variable "^[a-z_]") (#set! visible "after"))
((tuple_struct_pattern type: (_) (identifier) @bind.variable)
  (#match? @bind.variable "^[a-z_]") (#set! visible "after"))
((ref_pattern (identifier) @bind.variable) (#set! visible "after"))
((mut_pattern (identifier) @bind.variable) (#set! visible "after"))
((reference_pattern (identifier) @bind.variable) (#match? @bind.variable "^[a-z_]") (#set! visible "after"))
((captured_pattern . (identifier) @bind.variable) (#set! visible "after"))
((field_pattern pattern: (identifier) @bind.variable) (#match? @bind.variable "^[a-z_]") (#set! visible "after"))
((field_pattern name: (shorthand_field_identifier) @bind.variable) (#set! visible "after"))
((match_pattern (identifier) @bind.variable) (#match? @bind.variable "^[a-z_]") (#set! visible "after"))
((or_pattern (identifier) @bind.variable) (#match? @bind.variable "^[a-z_]") (#set! visible "after"))
(loop_expression (label (identifier) @bind.label))
