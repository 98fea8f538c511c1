; Svelte: the script is TypeScript, the style is CSS, a tag with an upper-case name is a component.

(snippet_statement (snippet_start (snippet_name) @name)) @definition.function

((tag_name) @reference.call (#match? @reference.call "^[A-Z]|-"))

(script_element (raw_text) @embedded.typescript)
(style_element (raw_text) @embedded.css)
