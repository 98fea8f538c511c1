; reStructuredText: what stands between headings is not in them; ranks show only by the order of their lines. A target
; is what links refer to.

(section (title) @name) @definition.section
((target name: (name) @name.target) @definition.selector (#match? @name.target "^_[^_:]"))
(inline_target) @name.target @definition.selector
(citation name: (label) @name.quoted) @definition.selector
(substitution_definition name: (substitution) @name.quoted) @definition.constant
