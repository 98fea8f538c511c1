; VHDL. What an architecture holds is known by the entity before it; a component says what is defined elsewhere.

(entity_declaration entity: (_) @name) @definition.module
(architecture_definition architecture: (_) @name entity: (name) @qualifier) @definition.module
(architecture_definition entity: (name . (_) @reference.type .))
(package_declaration package: (_) @name) @definition.namespace
(package_definition package: (_) @name) @definition.namespace
(package_instantiation_declaration package: (_) @name) @definition.namespace
(configuration_declaration configuration: (_) @name) @definition.module
(component_declaration) @declaration
(component_body) @local

(subprogram_definition [
  (function_specification function: [(identifier) (library_function) (library_type) (library_constant_standard) (library_constant_env)] @name)
  (function_specification function: (operator_symbol) @name.quoted)
  (procedure_specification procedure: (_) @name)
]) @definition.function
(subprogram_declaration (_ [function: (_) procedure: (_)] @name)) @declaration @definition.function
(subprogram_instantiation_declaration . (_) @name) @definition.function
(subprogram_head) @body
(type_declaration type: (_) @name) @definition.type
(type_declaration . (_) .) @declaration
(type_declaration (record_type_definition)) @definition.struct
(type_declaration (enumeration_type_definition)) @definition.enum
(type_declaration (protected_type_declaration)) @definition.class
(type_declaration (protected_type_body)) @definition.class
(subtype_declaration type: (_) @name) @definition.type
(element_declaration (identifier_list (_) @name)) @definition.field
(enumeration_literal (_) @name) @definition.enum_member
(constant_declaration (identifier_list (_) @name)) @definition.constant
(signal_declaration (identifier_list (_) @name)) @definition.variable
(variable_declaration (identifier_list (_) @name)) @definition.variable
(file_declaration (identifier_list (_) @name)) @definition.variable
(alias_declaration . (_) @name) @definition.variable
(attribute_declaration attribute: (_) @name) @definition.property
(port_clause (interface_list (_ (identifier_list (_) @name)) @definition.property))
(generic_clause (interface_list (_ (identifier_list (_) @name)) @definition.constant))
(component_instantiation_statement (label_declaration (label) @name)) @definition.variable
(process_statement (label_declaration (label) @name)) @definition.function
(process_head [(variable_declaration) (constant_declaration) (file_declaration) (alias_declaration)] @local)
(for_generate_statement (label_declaration (label) @name)) @definition.namespace
(if_generate_statement (label_declaration (label) @name)) @definition.namespace
(case_generate_statement (label_declaration (label) @name)) @definition.namespace
(block_statement (label_declaration (label) @name)) @definition.namespace

(parameter_list_specification (interface_list (_ (identifier_list (_) @reference.write))))
(parameter_specification . (_) @reference.write)
(simple_waveform_assignment . (name . (_) @reference.write))
(simple_waveform_assignment . (name (selection (_) @reference.write .) .))
(simple_variable_assignment . (name . (_) @reference.write))
(simple_variable_assignment . (name (selection (_) @reference.write .) .))
(concurrent_simple_signal_assignment (name . (_) @reference.write) . (signal_assignment))
(concurrent_conditional_signal_assignment (name . (_) @reference.write) . (signal_assignment))
(select_target (name . (_) @reference.write))

(_ type: (name . (_) @reference.type))
(_ type: (name (selection (_) @reference.type .)))
(component_instantiation_statement component: (name . (_) @reference.call .))
(component_instantiation_statement component: (name (selection (_) @reference.call .) .))
(instantiated_unit (name . (_) @reference.call .))
(instantiated_unit (name (selection (_) @reference.call .) .))
(procedure_call_statement (name . (_) @reference.call .))
(procedure_call_statement (name . (_) @reference.call . (parenthesis_group)))
(procedure_call_statement (name (selection (_) @reference.call .)))
(concurrent_procedure_call_statement (name . (_) @reference.call .))
(concurrent_procedure_call_statement (name . (_) @reference.call . (parenthesis_group)))
; A call looks like an element of an array.
(simple_expression (name . (_) @reference.call . (parenthesis_group (association_or_range_list (association_element)))))
(simple_expression (name
  (selection (_) @reference.call .) . (parenthesis_group (association_or_range_list (association_element)))))

(use_clause (selected_name_list (selected_name) @import @within.import))
(context_reference (selected_name_list (selected_name) @import @within.import))
(selected_name library: (_) @import.part)
(selected_name package: (_) @import.part)
(selected_name (ALL) @import.star)
(selected_name package: (_) . (identifier) @import.name)
