; Ruby.

(module name: [
  (constant) @name
  (scope_resolution scope: (_) @qualifier name: (_) @name)
  (scope_resolution !scope name: (_) @name)
] body: (_)? @body) @definition.module
(class name: [
  (constant) @name
  (scope_resolution scope: (_) @qualifier name: (_) @name)
  (scope_resolution !scope name: (_) @name)
] body: (_)? @body) @definition.class
(singleton_class) @scope
(module) @scope
(method name: (_) @name body: (_)? @body) @definition.function
(singleton_method object: [(self) (constant) @qualifier (identifier) @qualifier] name: (_) @name body: (_)? @body) @definition.function
(alias name: [(identifier) @name (operator) @name (setter) @name (constant) @name (simple_symbol) @name.marked])
  @definition.method
(assignment left: [
  (constant) @name
  (scope_resolution scope: (_) @qualifier name: (_) @name)
  (left_assignment_list (constant) @name)
]) @definition.constant
(operator_assignment left: (constant) @name operator: "||=") @definition.constant
((assignment left: (constant) @name right: (call
  receiver: (constant) @_struct method: (identifier) @_new block: (_)? @body)) @definition.class
  (#any-of? @_struct "Struct" "Class" "Data") (#any-of? @_new "new" "define"))
((assignment left: (constant) @name right: (call
  receiver: (constant) @_struct method: (identifier) @_new block: (_)? @body)) @definition.module @scope
  (#eq? @_struct "Module") (#eq? @_new "new"))
((call receiver: (constant) @_struct method: (identifier) @_new arguments: (argument_list
  (simple_symbol) @name.marked @definition.property))
  (#any-of? @_struct "Struct" "Data") (#any-of? @_new "new" "define"))
((call method: (identifier) @_attr arguments: (argument_list [
  (simple_symbol) @name.marked
  (string (string_content) @name)
])) @definition.property
  (#match? @_attr "^(attr|[cm]attr(_accessor|_reader|_writer)|attr(_accessor|_reader|_writer)|class_attribute)$"))
((call method: (identifier) @_alias arguments: (argument_list . [
  (simple_symbol) @name.marked
  (string . (string_content) @name .)
])) @definition.method
  (#any-of? @_alias "alias_method" "define_method" "define_singleton_method"))

(method_parameters (identifier) @reference.write)
(block_parameters (identifier) @reference.write)
(lambda_parameters (identifier) @reference.write)
(optional_parameter name: (_) @reference.write)
(keyword_parameter name: (_) @reference.write)
(splat_parameter name: (_) @reference.write)
(hash_splat_parameter name: (_) @reference.write)
(block_parameter name: (_) @reference.write)
(destructured_parameter (identifier) @reference.write)
(exception_variable (_) @reference.write)
(for pattern: (_) @reference.write)
(assignment left: [
  (identifier) @reference.write
  (instance_variable) @reference.write
  (class_variable) @reference.write
  (global_variable) @reference.write
  (call method: (_) @reference.write)
])
(left_assignment_list [
  (identifier) @reference.write
  (instance_variable) @reference.write
  (class_variable) @reference.write
  (global_variable) @reference.write
  (destructured_left_assignment (identifier) @reference.write)
  (rest_assignment (identifier) @reference.write)
])
(operator_assignment left: [
  (identifier) @reference.write
  (instance_variable) @reference.write
  (class_variable) @reference.write
  (global_variable) @reference.write
  (call method: (_) @reference.write)
])

(superclass [(constant) @reference.inherit (scope_resolution name: (_) @reference.inherit)])
((call !receiver method: (identifier) @_include arguments: (argument_list [
  (constant) @reference.inherit
  (scope_resolution name: (_) @reference.inherit)
])) (#any-of? @_include "include" "extend" "prepend"))

(call method: [(identifier) (constant)] @reference.call)

((call !receiver method: (identifier) @_require arguments: (argument_list . (string (string_content) @import.module)))
  @import (#any-of? @_require "require" "require_relative" "load"))
((call !receiver method: (identifier) @_autoload
  arguments: (argument_list (simple_symbol) (string (string_content) @import.module))) @import
  (#eq? @_autoload "autoload"))
