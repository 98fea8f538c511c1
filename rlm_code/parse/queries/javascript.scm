; JavaScript alone: its grammar names fields by `property`, and a heritage clause holds an expression.

(field_definition property: [(property_identifier) (private_property_identifier)] @name) @definition.field
(field_definition property: (string (string_fragment) @name)) @definition.field
(field_definition property: (computed_property_name (string (string_fragment) @name))) @definition.field
(field_definition property: (_) @name value: [
  (arrow_function body: (_) @body)
  (function_expression body: (_) @body)
]) @definition.method(formal_parameters (identifier) @reference.write)
(class_heritage [(identifier) @reference.inherit (member_expression property: (_) @reference.inherit)])
