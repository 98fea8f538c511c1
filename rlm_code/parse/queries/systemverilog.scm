; SystemVerilog and Verilog. A module is called where it is instantiated; macros are called by their marks.

(text_macro_definition (text_macro_name . (_) @name)) @definition.macro
(list_of_formal_arguments (formal_argument (_) @reference.write))
(module_declaration [(module_ansi_header name: (_) @name) (module_nonansi_header name: (_) @name)]) @definition.module
(module_declaration . (module_keyword) . name: (_) @name) @definition.module
(program_declaration [(program_ansi_header name: (_) @name) (program_nonansi_header name: (_) @name)]) @definition.module
(checker_declaration name: (_) @name) @definition.module
(udp_declaration [(udp_ansi_declaration . (simple_identifier) @name) (udp_nonansi_declaration . (simple_identifier) @name)])
  @definition.module
(interface_declaration [(interface_ansi_header name: (_) @name) (interface_nonansi_header name: (_) @name)])
  @definition.interface
(package_declaration name: (_) @name) @definition.namespace
(class_declaration name: (_) @name) @definition.class
(interface_class_declaration name: (_) @name) @definition.interface

(function_declaration (function_body_declaration name: (_) @name)) @definition.function
(function_declaration (function_body_declaration (class_scope (class_type) @qualifier))) @definition.method
(task_declaration (task_body_declaration name: (_) @name)) @definition.function
(task_declaration (task_body_declaration (class_scope (class_type) @qualifier))) @definition.method
(class_constructor_declaration "function" . "new" @name) @definition.constructor
(class_constructor_declaration (class_scope (class_type) @qualifier) . "new" @name) @definition.constructor
(class_method [
  (function_prototype name: (_) @name)
  (task_prototype name: (_) @name)
  (class_constructor_prototype "new" @name)
]) @definition.method
(interface_class_method [(function_prototype name: (_) @name) (task_prototype name: (_) @name)]) @definition.method
(dpi_import_export [(dpi_function_proto (function_prototype name: (_) @name)) (dpi_task_proto (task_prototype name: (_) @name))])
  @definition.function

(type_declaration type_name: (_) @name) @definition.type
(type_declaration . type_name: (_) .) @declaration
(type_declaration (data_type (struct_union))) @definition.struct
(type_declaration (data_type (enum_name_declaration))) @definition.enum
(nettype_declaration (simple_identifier) @name) @definition.type
(type_assignment name: (_) @name) @definition.type
(struct_union_member (list_of_variable_decl_assignments (variable_decl_assignment name: (_) @name))) @definition.field
(enum_name_declaration . (_) @name) @definition.enum_member
(covergroup_declaration name: (_) @name) @definition.type
(constraint_declaration . (simple_identifier) @name) @definition.property
(property_declaration name: (_) @name) @definition.function
(sequence_declaration name: (_) @name) @definition.function
(clocking_declaration name: (_) @name) @definition.namespace
(modport_declaration (modport_item . (_) @name) @definition.type)

(param_assignment . (_) @name) @definition.constant
(data_declaration (list_of_variable_decl_assignments (variable_decl_assignment name: (_) @name))) @definition.variable
(data_declaration (ERROR)) @local
(net_declaration (list_of_net_decl_assignments (net_decl_assignment . (_) @name))) @definition.variable
(ansi_port_declaration port_name: (_) @name) @definition.property
(port_declaration) @definition.property
(port_declaration (_ (list_of_port_identifiers (simple_identifier) @name)))
(port_declaration (_ (list_of_variable_identifiers (simple_identifier) @name)))
(port_declaration (_ (list_of_variable_port_identifiers (simple_identifier) @name)))
(genvar_declaration (list_of_genvar_identifiers (_) @name)) @definition.variable
(hierarchical_instance (name_of_instance instance_name: (_) @name)) @definition.variable
(generate_block "begin" . ":" . name: (_) @name) @definition.namespace
(generate_block . name: (_) @name) @definition.namespace
(seq_block) @local
(par_block) @local
(loop_statement) @local
(udp_port_declaration) @local

(tf_port_item name: (_) @reference.write)
(tf_port_declaration (list_of_tf_variable_identifiers (_) @reference.write))
(variable_lvalue (hierarchical_identifier (simple_identifier) @reference.write .))
(net_lvalue (simple_identifier) @reference.write)
(genvar_initialization . (simple_identifier) @reference.write)

(data_type . (simple_identifier) @reference.type)
(data_type (class_type (simple_identifier) @reference.type))
(net_declaration . (simple_identifier) @reference.type)
(interface_port_header interface_name: (_) @reference.type)
(class_scope (class_type (simple_identifier) @reference.type))
(class_declaration (class_type (simple_identifier) @reference.inherit))
(interface_class_declaration (interface_class_type) @within.inherit)

(module_instantiation instance_type: (_) @reference.call)
(subroutine_call (tf_call (hierarchical_identifier (simple_identifier) @reference.call .)))
(subroutine_call (method_call (method_call_body name: (_) @reference.call (list_of_arguments))))
(subroutine_call_statement (subroutine_call (method_call (method_call_body name: (_) @reference.call))))
(text_macro_usage . (simple_identifier) @reference.call)

(package_import_item) @import @within.import
(package_import_item . (simple_identifier) @import.module)
(package_import_item "*" @import.star)
(package_import_item (simple_identifier) (simple_identifier) @import.name)
(include_compiler_directive (quoted_string) @import.module) @import
