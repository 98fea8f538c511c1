; JSX: a component's tag with an upper-case name is a call; an element of the platform is no identifier of the code.

((jsx_opening_element name: [(identifier) @reference.call (member_expression property: (_) @reference.call)])
  (#match? @reference.call "^[A-Z]"))
((jsx_self_closing_element name: [(identifier) @reference.call (member_expression property: (_) @reference.call)])
  (#match? @reference.call "^[A-Z]"))
