; Fortran. What an interface block describes is defined elsewhere; a generic name is defined there.

(module (module_statement (name) @name)) @definition.module
(submodule (submodule_statement (name) @name)) @definition.module
(program (program_statement (name) @name)) @definition.module
(block_data (block_data_statement (name) @name)) @definition.module
(function (function_statement name: (_) @name)) @definition.function
(subroutine (subroutine_statement name: (_) @name)) @definition.function
(module_procedure (module_procedure_statement name: (_) @name)) @definition.function
(entry_statement name: (_) @name) @definition.function
(interface (interface_statement [
  (name) @name
  (operator (operator_name) @name)
  (assignment) @name
  (defined_io_procedure) @name
])) @definition.interface
(interface [(function) (subroutine)] @declaration)
(derived_type_definition (derived_type_statement (type_name) @name)) @definition.struct
(variable_declaration) @definition.variable
(variable_declaration attribute: (type_qualifier) @_constant (#match? @_constant "^[pP][aA][rR]")) @definition.constant
(variable_declaration declarator: [
  (identifier) @name
  (sized_declarator . (identifier) @name)
  (init_declarator left: [(identifier) @name (sized_declarator . (identifier) @name)])
  (pointer_init_declarator left: [(identifier) @name (sized_declarator . (identifier) @name)])
  (coarray_declarator . (identifier) @name)
  (data_declarator . (identifier) @name)
])
(derived_type_procedures (procedure_statement) @definition.method)
(derived_type_procedures (generic_statement) @definition.method)
(derived_type_procedures (final_statement) @definition.method)
(derived_type_procedures (procedure_statement declarator: [
  (method_name) @name
  (binding (binding_name (identifier) @name))
]))
(generic_statement declarator: (binding_list (binding_name [
  (identifier) @name
  (operator (operator_name) @name)
  (assignment) @name
  (defined_io_procedure) @name
])))
(final_statement declarator: (method_name) @name)
(enumerator_statement declarator: [
  (identifier) @name
  (init_declarator left: (identifier) @name)
]) @definition.enum_member
(common_statement (variable_group (name) @name)) @definition.struct
(namelist_statement (variable_group (name) @name)) @definition.variable
(preproc_def name: (_) @name) @definition.macro
(preproc_function_def name: (_) @name) @definition.macro

(parameters (identifier) @reference.write)
(assignment_statement left: [
  (identifier) @reference.write
  (call_expression . (identifier) @reference.write)
  (derived_type_member_expression (type_member) @reference.write .)
])
(loop_control_expression . (identifier) @reference.write)

(base_type_specifier (identifier) @reference.inherit)
(subroutine_call subroutine: [
  (identifier) @reference.call
  (derived_type_member_expression (type_member) @reference.call .)
])
(call_expression . [
  (identifier) @reference.call
  (derived_type_member_expression (type_member) @reference.call .)
])
(submodule_statement ancestor: (module_name (name) @reference.inherit))

(use_statement) @import @within.import
(use_statement (module_name) @import.module @import.star .)
(use_statement (module_name) @import.module (included_items))
(included_items (identifier) @import.name)
(included_items (use_alias (identifier) @import.name))
