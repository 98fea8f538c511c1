; JSX: a tag with an upper-case name calls its component; one of the platform's is a read like any identifier.

((jsx_opening_element name: [(identifier) @reference.call (member_expression property: (_) @reference.call)])
  (#match? @reference.call "^[A-Z]"))
((jsx_self_closing_element name: [(identifier) @reference.call (member_expression property: (_) @reference.call)])
  (#match? @reference.call "^[A-Z]"))
