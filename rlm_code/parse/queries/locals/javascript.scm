; JavaScript alone: its grammar writes parameters without a node of their own.

(formal_parameters [(identifier) (object_pattern) (array_pattern) (rest_pattern)] @bind.parameter)
(formal_parameters (assignment_pattern left: (_) @bind.parameter right: (_) @value (#set! way "default")))
(method_definition (decorator) @outer)
