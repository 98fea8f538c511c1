; MATLAB. What a script assigns is a variable of the workspace.

(function_definition name: (_) @name (block)? @body) @definition.function
(class_definition name: (_) @name) @definition.class
(class_definition . (identifier) . (superclasses)? . (_) @body)
(properties (property name: (_) @name) @definition.property)
(events (identifier) @name @definition.property)
(enumeration (enum . (identifier) @name) @definition.enum_member)
(methods (function_signature name: (_) @name) @definition.method)
(source_file (assignment left: [(identifier) @name (multioutput_variable (identifier) @name)]) @definition.variable)

(function_arguments (identifier) @reference.write)
(function_output [(identifier) @reference.write (multioutput_variable (identifier) @reference.write)])
(assignment left: [
  (identifier) @reference.write
  (multioutput_variable (identifier) @reference.write)
  (field_expression field: (identifier) @reference.write)
])
(iterator . (identifier) @reference.write)
(superclasses (property_name (identifier) @reference.inherit .))
(function_call name: (_) @reference.call)
(handle_operator (identifier) @reference.call)

((command (command_name) @_import (command_argument) @import.module) @import (#eq? @_import "import"))
