; Starlark, as in Bazel. A target of a BUILD file is known by its name: what a rule is called with.

(function_definition name: (identifier) @name body: (block) @body) @definition.function
(assignment left: [
  (identifier) @name
  (pattern_list (identifier) @name)
  (tuple_pattern (identifier) @name)
]) @definition.variable
(module (expression_statement (call
  arguments: (argument_list (keyword_argument
    name: (identifier) @_name value: (string (string_content) @name)) (#eq? @_name "name"))) @definition.key))

; Bindings and writes.
(assignment left: (attribute attribute: (identifier) @reference.write))
(pattern_list [(identifier) @reference.write (attribute attribute: (identifier) @reference.write)])
(tuple_pattern [(identifier) @reference.write (attribute attribute: (identifier) @reference.write)])
(augmented_assignment left: [(identifier) @reference.write (attribute attribute: (identifier) @reference.write)])
(for_statement left: (identifier) @reference.write)
(for_in_clause left: (identifier) @reference.write)
(parameters (identifier) @reference.write)
(lambda_parameters (identifier) @reference.write)
(default_parameter name: (identifier) @reference.write)
(list_splat_pattern (identifier) @reference.write)
(dictionary_splat_pattern (identifier) @reference.write)

(call . function: [(identifier) @reference.call (attribute attribute: (identifier) @reference.call)])

((call . function: (identifier) @_load) @import (#eq? @_load "load"))
((call . function: (identifier) @_load arguments: (argument_list . (string (string_content) @import.module)))
  (#eq? @_load "load"))
((call . function: (identifier) @_load
  arguments: (argument_list (_) (string (string_content) @import.name @reference.import)))
  (#eq? @_load "load"))
((call . function: (identifier) @_load arguments: (argument_list (keyword_argument
  name: (identifier) @import.ahead value: (string (string_content) @import.name @reference.import))) @within.import)
  (#eq? @_load "load"))
