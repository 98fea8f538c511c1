; Ada. What has a body is defined there, and what a specification says of it is a declaration.

(package_declaration name: [(identifier) @name (selected_component prefix: (_) @qualifier selector_name: (_) @name)])
  @definition.namespace
(package_body name: [(identifier) @name (selected_component prefix: (_) @qualifier selector_name: (_) @name)])
  @definition.namespace
(package_renaming_declaration
  name: [(identifier) @name (selected_component prefix: (_) @qualifier selector_name: (_) @name)]) @definition.namespace
(generic_instantiation
  name: [(identifier) @name (string_literal) @name.quoted]) @definition.function
(generic_instantiation
  name: (selected_component prefix: (_) @qualifier selector_name: (_) @name)) @definition.function
(generic_instantiation "package") @definition.namespace

(subprogram_body [
  (function_specification name: [(identifier) @name (string_literal) @name.quoted (selected_component prefix: (_) @qualifier selector_name: (_) @name)])
  (procedure_specification name: [(identifier) @name (selected_component prefix: (_) @qualifier selector_name: (_) @name)])
] [(non_empty_declarative_part) (handled_sequence_of_statements)] @body) @definition.function
(subprogram_declaration (_ name: [(identifier) @name (string_literal) @name.quoted])) @declaration @definition.function
(subprogram_declaration (_) @definition.function "abstract")
(expression_function_declaration (_ name: [(identifier) @name (string_literal) @name.quoted])) @definition.function
(null_procedure_declaration (_ name: (identifier) @name)) @definition.function
(subprogram_renaming_declaration (_ name: [(identifier) @name (string_literal) @name.quoted])) @definition.function
(formal_subprogram_declaration) @local

(full_type_declaration . (identifier) @name) @definition.type
(full_type_declaration (record_type_definition)) @definition.struct
(full_type_declaration (derived_type_definition (record_extension_part))) @definition.class
(full_type_declaration (enumeration_type_definition [(identifier) (character_literal)] @name @definition.enum_member))
  @definition.enum
(full_type_declaration (interface_type_definition)) @definition.interface
(full_type_declaration [(task_type_declaration . (identifier) @name) (protected_type_declaration . (identifier) @name)])
  @definition.class
(private_type_declaration . (identifier) @name) @definition.type
(private_extension_declaration . (identifier) @name) @definition.type
(incomplete_type_declaration . (identifier) @name) @declaration @definition.type
(formal_complete_type_declaration . (identifier) @name) @definition.type
(subtype_declaration . (identifier) @name) @definition.type
(single_task_declaration . (identifier) @name) @definition.class
(single_protected_declaration . (identifier) @name) @definition.class
(task_body . (identifier) @name) @definition.class
(protected_body . (identifier) @name) @definition.class
(entry_declaration entry_name: (_) @name) @definition.method
(entry_body . (identifier) @name) @definition.method
(component_declaration (identifier) @name) @definition.field
(discriminant_specification . (identifier) @name) @definition.field
(exception_declaration (identifier) @name) @definition.type
(object_declaration name: (_) @name) @definition.variable
(object_declaration "constant") @definition.constant
(number_declaration (identifier) @name) @definition.constant
(object_renaming_declaration . (identifier) @name) @definition.variable
(block_statement) @local

(parameter_specification (identifier) @reference.write)
(loop_parameter_specification . (identifier) @reference.write)
(iterator_specification . (identifier) @reference.write)
(choice_parameter_specification (identifier) @reference.write)
(assignment_statement variable_name: [
  (identifier) @reference.write
  (selected_component selector_name: (_) @reference.write)
])

(_ subtype_mark: [(identifier) @reference.type (selected_component selector_name: (_) @reference.type)])
(derived_type_definition
  subtype_mark: [(identifier) @reference.inherit (selected_component selector_name: (_) @reference.inherit)])
(procedure_call_statement name: [(identifier) @reference.call (selected_component selector_name: (_) @reference.call)])
; A call looks like an element of an array.
(function_call name: [(identifier) @reference.call (selected_component selector_name: (_) @reference.call)])

(with_clause [(identifier) (selected_component)] @import.module) @import @within.import
(use_clause [(identifier) (selected_component)] @import.module @import.star) @import @within.import
