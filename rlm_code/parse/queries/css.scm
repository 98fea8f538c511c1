; CSS: a rule defines its selectors, each as written; what stands in one is read there.

(rule_set (block) @body) @definition.selector
((selectors (_) @name) (#not-match? @name "^/[*]"))
(keyframes_statement (keyframes_name) @name (keyframe_block_list) @body) @definition.selector
((declaration (property_name) @name) @definition.variable (#match? @name "^--"))

((plain_value) @reference.read (#match? @reference.read "^--"))
(tag_name) @reference.read
(class_selector (class_name (identifier) @reference.read))
(id_selector (id_name) @reference.read)

(import_statement (string_value (string_content) @import.module)) @import
(import_statement (call_expression (arguments (string_value (string_content) @import.module)))) @import
(import_statement (call_expression (arguments (plain_value) @import.module))) @import
