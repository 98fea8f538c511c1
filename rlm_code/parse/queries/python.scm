; Python.

(decorated_definition) @wrapper
(class_definition name: (identifier) @name body: (block) @body) @definition.class
(function_definition name: (identifier) @name body: (block) @body) @definition.function
(type_alias_statement left: (type [(identifier) @name (generic_type . (identifier) @name)])) @definition.type

(assignment left: [
  (identifier) @name
  (pattern_list [
    (identifier) @name
    (list_splat_pattern (identifier) @name)
    (tuple_pattern [(identifier) @name (list_splat_pattern (identifier) @name)])
  ])
  (tuple_pattern [(identifier) @name (list_splat_pattern (identifier) @name)])
  (list_pattern [(identifier) @name (list_splat_pattern (identifier) @name)])
]) @definition.variable
((assignment left: (attribute object: (identifier) @_self attribute: (identifier) @name)) @member.field
  (#any-of? @_self "self" "cls"))
((assignment left: [
  (pattern_list (attribute object: (identifier) @_self attribute: (identifier) @name) @member.field)
  (tuple_pattern (attribute object: (identifier) @_self attribute: (identifier) @name) @member.field)
]) (#eq? @_self "self"))

; Bindings and writes.
(assignment left: (attribute attribute: (identifier) @reference.write))
(pattern_list [(identifier) @reference.write (attribute attribute: (identifier) @reference.write)])
(tuple_pattern [(identifier) @reference.write (attribute attribute: (identifier) @reference.write)])
(list_pattern [(identifier) @reference.write (attribute attribute: (identifier) @reference.write)])
(list_splat_pattern (identifier) @reference.write)
(dictionary_splat_pattern (identifier) @reference.write)
(augmented_assignment left: [(identifier) @reference.write (attribute attribute: (identifier) @reference.write)])
(for_statement left: [(identifier) @reference.write (attribute attribute: (identifier) @reference.write)])
(for_in_clause left: (identifier) @reference.write)
(named_expression name: (identifier) @reference.write)
(as_pattern_target [
  (identifier) @reference.write
  (tuple [(identifier) @reference.write (tuple (identifier) @reference.write)])
  (list (identifier) @reference.write)
])
((case_pattern (dotted_name . (identifier) @reference.write .)) (#not-eq? @reference.write "_"))
((union_pattern (dotted_name . (identifier) @reference.write .)) (#not-eq? @reference.write "_"))
(keyword_pattern (dotted_name . (identifier) @reference.write .))
(splat_pattern (identifier) @reference.write)
(case_pattern (as_pattern (identifier) @reference.write .))
(delete_statement (identifier) @reference.write)
(parameters (identifier) @reference.write)
(lambda_parameters (identifier) @reference.write)
(default_parameter name: (identifier) @reference.write)
(typed_parameter . (identifier) @reference.write)
(typed_default_parameter name: (identifier) @reference.write)

; Types and bases; types in quotes.
(type) @within.type
(typed_parameter type: (type (string (string_content) @embedded.python)))
(typed_default_parameter type: (type (string (string_content) @embedded.python)))
(function_definition return_type: (type (string (string_content) @embedded.python)))
(assignment type: (type (string (string_content) @embedded.python)))
(type (binary_operator (string (string_content) @embedded.python)))
((generic_type (identifier) @_of (type_parameter (type (string (string_content) @embedded.python))))
  (#not-match? @_of "^(Literal|Annotated)$"))
((subscript value: (attribute attribute: (identifier) @_of) subscript: (string (string_content) @embedded.python))
  (#any-of? @_of
    "Optional" "Union" "List" "Dict" "Set" "Tuple" "Type" "Sequence" "Iterable" "Iterator" "Mapping" "Callable"
    "Generator" "AsyncIterator" "Awaitable" "Coroutine" "ClassVar" "MutableMapping"))
((call . function: [(identifier) @_of (attribute attribute: (identifier) @_of)]
  arguments: (argument_list . (string (string_content) @embedded.python))) (#eq? @_of "cast"))
(class_definition superclasses: (argument_list [
  (identifier) @reference.inherit
  (attribute attribute: (identifier) @reference.inherit)
  (subscript value: [(identifier) @reference.inherit (attribute attribute: (identifier) @reference.inherit)])
]))

; Calls.
(call . function: [(identifier) @reference.call (attribute attribute: (identifier) @reference.call)])
(decorator [(identifier) @reference.call (attribute attribute: (identifier) @reference.call)])

; Imports.
(import_statement) @import @within.import
(import_statement name: (dotted_name) @import.module)
(import_statement name: (aliased_import name: (dotted_name) @import.module alias: (identifier) @import.alias))
(import_from_statement module_name: (_) @import.module) @import @within.import
(import_from_statement name: (dotted_name) @import.name)
(import_from_statement name: (aliased_import name: (dotted_name) @import.name alias: (identifier) @import.alias))
(import_from_statement (wildcard_import) @import.star)
(future_import_statement "__future__" @import.module) @import @within.import
(future_import_statement name: (dotted_name) @import.name)
(future_import_statement name: (aliased_import name: (dotted_name) @import.name alias: (identifier) @import.alias))
