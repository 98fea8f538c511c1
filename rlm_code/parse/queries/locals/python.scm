; Python: functions, classes, comprehensions and the module are scopes; a name is bound in all of its scope.
; See `locals.py` for what each capture says.

(module) @scope.module
(class_definition type_parameters: (_)) @scope.types
(function_definition type_parameters: (_)) @scope.types
(type_alias_statement) @scope.types
(class_definition) @scope.class
(function_definition) @scope.function
(lambda) @scope.function
[(list_comprehension) (set_comprehension) (dictionary_comprehension) (generator_expression)] @scope.comprehension

; Evaluated before the scope is entered.
(class_definition superclasses: (_) @outer)
(function_definition return_type: (_) @outer)
[(typed_parameter type: (_) @outer) (typed_default_parameter type: (_) @outer)]
[(default_parameter value: (_) @outer) (typed_default_parameter value: (_) @outer)]
(list_comprehension . body: (_) . (for_in_clause right: (_) @outer))
(set_comprehension . body: (_) . (for_in_clause right: (_) @outer))
(dictionary_comprehension . body: (_) . (for_in_clause right: (_) @outer))
(generator_expression . body: (_) . (for_in_clause right: (_) @outer))

; How targets are taken apart.
[(pattern_list) (tuple_pattern) (list_pattern)] @elements
(as_pattern_target [(tuple) (list)] @elements)
(as_pattern_target (tuple [(tuple) (list)] @elements))
[(list_splat_pattern) (dictionary_splat_pattern) (list_splat)] @rest

; Definitions and imports.
(class_definition name: (identifier) @bind.definition)
(function_definition name: (identifier) @bind.definition)
(type_alias_statement
  left: (type [(identifier) @bind.definition (generic_type . (identifier) @bind.definition)]) (#set! scope "outer"))
(_ type_parameters: (type_parameter (type [
  (identifier) @bind.type
  (constrained_type . (type (identifier) @bind.type))
  (splat_type (identifier) @bind.type)
])) (#set! scope "outer"))
(type_alias_statement left: (type (generic_type (type_parameter (type (identifier) @bind.type)))))
(import_statement name: (dotted_name . (identifier) @bind.import))
(import_statement name: (aliased_import alias: (identifier) @bind.import))
(import_from_statement name: (dotted_name (identifier) @bind.import .))
(import_from_statement name: (aliased_import alias: (identifier) @bind.import))
(global_statement (identifier) @redirect.module)
(nonlocal_statement (identifier) @redirect.function)

; Parameters.
(parameters [(identifier) (list_splat_pattern) (dictionary_splat_pattern) (tuple_pattern)] @bind.parameter)
(lambda_parameters [(identifier) (list_splat_pattern) (dictionary_splat_pattern) (tuple_pattern)] @bind.parameter)
(default_parameter name: (_) @bind.parameter value: (_) @value (#set! way "default"))
(typed_parameter . (_) @bind.parameter type: (type) @annotation)
(typed_default_parameter name: (_) @bind.parameter type: (type) @annotation value: (_) @value (#set! way "default"))

; Variables.
(assignment left: (_) @bind.variable type: (type)? @annotation right: (_)? @value)
(augmented_assignment left: (identifier) @bind.augmented)
(named_expression name: (identifier) @bind.variable value: (_) @value (#set! scope "function"))
(for_statement left: (_) @bind.variable right: (_) @value (#set! way "each"))
(for_in_clause left: (_) @bind.variable right: (_) @value (#set! way "each"))
(with_item (as_pattern . (_) @value alias: (as_pattern_target (_) @bind.variable)) (#set! way "enter"))
(with_item (tuple (as_pattern . (_) @value alias: (as_pattern_target (_) @bind.variable))) (#set! way "enter"))
(except_clause (as_pattern . (_) @value alias: (as_pattern_target (_) @bind.variable)) (#set! way "caught"))
(delete_statement (identifier) @bind.deletion)
(delete_statement (expression_list (identifier) @bind.deletion))

; Patterns of `match`.
((case_pattern (dotted_name . (identifier) @bind.variable .)) (#not-eq? @bind.variable "_"))
((keyword_pattern (dotted_name . (identifier) @bind.variable .)) (#not-eq? @bind.variable "_"))
((splat_pattern (identifier) @bind.variable) (#not-eq? @bind.variable "_"))
((union_pattern (dotted_name . (identifier) @bind.variable .)) (#not-eq? @bind.variable "_"))
(case_pattern (as_pattern (identifier) @bind.variable .))
(case_pattern (as_pattern (case_pattern (class_pattern (dotted_name) @value)) (identifier) @bind.variable .)
  (#set! way "object"))
((match_statement . subject: (_) @value .
   (block (case_clause . (case_pattern (dotted_name . (identifier) @bind.variable .)) . consequence: (_))))
  (#not-eq? @bind.variable "_"))

; What may not run, what may run again, of what one runs, what is left for good.
(if_statement consequence: (block) @block) @branches
[(elif_clause) (else_clause) (except_clause) (case_clause)] @block
(if_statement alternative: (else_clause)) @covering
(match_statement) @branches
(try_statement body: (block) @block @trying)
(try_statement (except_clause)) @covering
(block [(return_statement) (raise_statement)] .) @leaving
[(for_statement) (while_statement)] @block @loop
