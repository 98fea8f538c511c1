; Perl.

(package_statement name: (_) @name (block)? @body) @definition.module
(subroutine_declaration_statement name: (_) @name body: (_) @body) @definition.function
(class_statement name: (_) @name (block)? @body) @definition.class
(method_declaration_statement name: (_) @name body: (_) @body) @definition.method
(assignment_expression left: (glob (varname) @name) right: (anonymous_subroutine_expression)) @definition.function
(variable_declaration variable: (_ (varname) @name)) @definition.variable
(variable_declaration variables: (_ (varname) @name)) @definition.variable
((use_statement module: (package) @_constant (list_expression . [
  (autoquoted_bareword) @name
  (string_literal (string_content) @name)
  (interpolated_string_literal (string_content) @name)
])) @definition.constant
  (#eq? @_constant "constant"))
((use_statement module: (package) @_constant (anonymous_hash_expression (list_expression (autoquoted_bareword) @name)))
  @definition.constant (#eq? @_constant "constant"))
(anonymous_subroutine_expression) @local

(assignment_expression left: (_ (varname) @reference.write))
(mandatory_parameter (_ (varname) @reference.write))
(optional_parameter (_ (varname) @reference.write))

(function) @reference.call
(method) @reference.call
(package) @reference.read
((use_statement module: (package) @_parent (string_literal (string_content) @reference.inherit))
  (#any-of? @_parent "parent" "base"))

(use_statement module: (package) @import.module) @import
(require_expression (bareword) @import.module) @import
(require_expression (_ (string_content) @import.module)) @import
