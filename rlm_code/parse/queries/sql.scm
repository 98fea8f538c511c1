; SQL: what CREATE makes.

(create_table (object_reference schema: (_)? @qualifier name: (_) @name.bare) (column_definitions)? @body)
  @definition.struct
(create_view (object_reference schema: (_)? @qualifier name: (_) @name.bare) (create_query)? @body) @definition.struct
(create_materialized_view (object_reference schema: (_)? @qualifier name: (_) @name.bare) (create_query)? @body)
  @definition.struct
((column_definitions (column_definition name: (_) @name.bare) @definition.field)
  (#not-match? @name.bare "^([0-9]|[Cc][Oo][Nn][Ss][Tt][Rr][Aa][Ii][Nn][Tt]$|[Pp][Ee][Rr][Ii][Oo][Dd]$)"))
(create_function . (keyword_create) (keyword_or)? (keyword_replace)? (keyword_function)
  . (object_reference schema: (_)? @qualifier name: (_) @name.bare) (function_body)? @body) @definition.function
(create_trigger (keyword_trigger) . (object_reference schema: (_)? @qualifier name: (_) @name.bare))
  @definition.function
(create_type (object_reference schema: (_)? @qualifier name: (_) @name.bare)) @definition.type
(create_index column: (_) @name.bare) @definition.key
(create_sequence (object_reference schema: (_)? @qualifier name: (_) @name.bare)) @definition.variable
(create_schema (identifier) @name.bare) @definition.namespace
(create_database (identifier) @name.bare) @definition.namespace

(cte . (identifier) @reference.write)
(relation alias: (_) @reference.write)
(function_argument . (identifier) @reference.write)
(invocation (object_reference name: (_) @reference.call))
(relation (object_reference name: (_) @reference.type))
