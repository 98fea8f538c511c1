; Rust. What an impl holds is qualified by the implementing type.

(attribute_item) @leading
(mod_item name: (_) @name body: (_)? @body) @definition.module
(struct_item name: (_) @name body: (field_declaration_list) @body) @definition.struct
(struct_item name: (_) @name) @definition.struct
(union_item name: (_) @name body: (_) @body) @definition.struct
(enum_item name: (_) @name body: (_) @body) @definition.enum
(enum_variant name: (_) @name) @definition.enum_member
(trait_item name: (_) @name body: (_) @body) @definition.trait
(function_item name: (_) @name body: (_) @body) @definition.function
(function_signature_item name: (_) @name) @definition.function
(type_item name: (_) @name) @definition.type
(associated_type name: (_) @name) @definition.type
(field_declaration name: (_) @name) @definition.field
((const_item name: (_) @name) @definition.constant (#not-eq? @name "_"))
(static_item name: (_) @name) @definition.variable
(macro_definition name: (_) @name) @definition.macro
((macro_invocation . macro: [(identifier) @_items (scoped_identifier name: (_) @_items)] (token_tree) @headings)
  (#match? @_items "^(cfg_.*|bitflags|lazy_static|thread_local)$"))
(declaration_list (macro_invocation (token_tree) @headings))
(impl_item type: [
  (type_identifier) @qualifier
  (generic_type type: (type_identifier) @qualifier)
  (scoped_type_identifier name: (_) @qualifier)
  (generic_type type: (scoped_type_identifier name: (_) @qualifier))
  (reference_type type: (type_identifier) @qualifier)
  (reference_type type: (generic_type type: (type_identifier) @qualifier))
  (primitive_type) @qualifier
]) @scope
(impl_item) @scope
(closure_expression) @local

(parameter pattern: (identifier) @reference.write)
(closure_parameters (identifier) @reference.write)
(let_declaration pattern: (identifier) @reference.write)
(for_expression pattern: (identifier) @reference.write)
(tuple_pattern (identifier) @reference.write)
(slice_pattern (identifier) @reference.write)
(tuple_struct_pattern type: (_) (identifier) @reference.write)
(ref_pattern (identifier) @reference.write)
(mut_pattern (identifier) @reference.write)
(reference_pattern (identifier) @reference.write)
(captured_pattern . (identifier) @reference.write)
(field_pattern name: (shorthand_field_identifier) @reference.write)
(field_pattern pattern: (identifier) @reference.write)
(match_arm pattern: (match_pattern (identifier) @reference.write))
(or_pattern (identifier) @reference.write)
(assignment_expression left: [(identifier) @reference.write (field_expression field: (_) @reference.write)])
(compound_assignment_expr left: [(identifier) @reference.write (field_expression field: (_) @reference.write)])

(impl_item trait: [
  (type_identifier) @reference.inherit
  (generic_type type: (type_identifier) @reference.inherit)
  (scoped_type_identifier name: (_) @reference.inherit)
  (generic_type type: (scoped_type_identifier name: (_) @reference.inherit))
])
(trait_item bounds: (trait_bounds [
  (type_identifier) @reference.inherit
  (generic_type type: (type_identifier) @reference.inherit)
  (scoped_type_identifier name: (_) @reference.inherit)
]))
(lifetime (identifier) @reference.type)

(call_expression . function: [
  (identifier) @reference.call
  (scoped_identifier name: (_) @reference.call)
  (field_expression field: (_) @reference.call)
  (generic_function function: [
    (identifier) @reference.call
    (scoped_identifier name: (_) @reference.call)
    (field_expression field: (_) @reference.call)
  ])
])
(struct_expression name: [
  (type_identifier) @reference.call
  (scoped_type_identifier name: (_) @reference.call)
  (generic_type_with_turbofish type: (type_identifier) @reference.call)
])
(macro_invocation . macro: [(identifier) @reference.call (scoped_identifier name: (_) @reference.call)])
(attribute . [(identifier) @reference.call (scoped_identifier name: (_) @reference.call)])

(use_declaration) @import @within.import
(use_declaration argument: [(scoped_identifier) (identifier)] @import.path)
(use_as_clause path: (_) @import.path alias: (_) @import.alias)
(use_list [(identifier) (scoped_identifier)] @import.path)
(use_list (self) @import.itself)
(use_wildcard . (_) @import.path "*" @import.star)
(scoped_use_list path: (_)? @import.prefix list: (_)) @import.group
(mod_item name: (_) @import.module !body) @import
(extern_crate_declaration name: (_) @import.module) @import @within.import
(extern_crate_declaration alias: (_) @import.alias)
