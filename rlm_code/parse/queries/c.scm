; C, and the part of C++ that it shares. A declarator names whatever declares it; a prototype defines nothing.

(preproc_def name: (_) @name) @definition.macro
(preproc_function_def name: (_) @name) @definition.macro
(function_definition body: (_) @body) @definition.function
((translation_unit (expression_statement (call_expression . function: (identifier) @name)) @definition.function
  . (declaration)* @local . (compound_statement) @trailing) (#match? @name "[a-z]"))
(function_definition type: (type_identifier) @name declarator: (parenthesized_declarator) @local)
(declaration) @definition.variable
(declaration (storage_class_specifier) @_extern
  (#eq? @_extern "extern")) @declaration
(declaration declarator: [
  (function_declarator declarator: (identifier))
  (pointer_declarator declarator: (function_declarator declarator: (identifier)))
  (pointer_declarator declarator: (pointer_declarator declarator: (function_declarator declarator: (identifier))))
  (function_declarator declarator: (parenthesized_declarator
    (pointer_declarator declarator: (function_declarator declarator: (identifier)))))
]) @declaration
(ERROR (declaration) @local)
(ERROR (compound_statement) @local)
(translation_unit [(if_statement) (for_statement) (while_statement) (do_statement) (switch_statement)] @local)
((preproc_if condition: (number_literal) @_never
  [(function_definition) (declaration) (type_definition) (struct_specifier) (preproc_def) (preproc_function_def)
  (field_declaration)] @local) (#eq? @_never "0"))
(type_definition) @definition.type
(type_definition declarator: (primitive_type) @name)
(struct_specifier name: (type_identifier) @name body: (_) @body) @definition.struct
(union_specifier name: (type_identifier) @name body: (_) @body) @definition.struct
(enum_specifier name: (type_identifier) @name body: (_) @body) @definition.enum
(struct_specifier body: (_)) @scope
(union_specifier body: (_)) @scope
(enumerator name: (_) @name) @definition.enum_member
(field_declaration) @definition.field

(_ declarator: [(identifier) (field_identifier) (type_identifier)] @name)
(parenthesized_declarator [(identifier) (field_identifier) (type_identifier)] @name)
(parameter_declaration) @local
(preproc_params (identifier) @reference.write)

(assignment_expression left: [(identifier) @reference.write (field_expression field: (_) @reference.write)])
(update_expression argument: [(identifier) @reference.write (field_expression field: (_) @reference.write)])
(field_designator (field_identifier) @reference.write)
(call_expression . function: [(identifier) @reference.call (field_expression field: (_) @reference.call)])

(preproc_include path: [(string_literal) (system_lib_string)] @import.module) @import
