; HCL: blocks by their labels (the last is the name, those before it qualify; of some it only names a type), and what
; locals hold.

((block . (identifier) @_kind (string_lit (template_literal) @name) . (block_start) (body)? @body)
  @definition.section (#not-match? @_kind "^(dynamic|provisioner|backend)$"))
(block (identifier) . (string_lit (template_literal) @qualifier) . (string_lit) . (block_start))
((block . (identifier) @_keyword) @definition.variable (#any-of? @_keyword "variable" "output"))
((block . (identifier) @_keyword) @definition.module (#eq? @_keyword "module"))
((block . (identifier) @_keyword (body (attribute (identifier) @name) @definition.variable))
  (#eq? @_keyword "locals"))
(config_file (body (attribute . (identifier) @name) @definition.variable))

(attribute . (identifier) @reference.write)
(function_call . (identifier) @reference.call)

((block . (identifier) @_module (body (attribute . (identifier) @_source
  (expression (literal_value (string_lit (template_literal) @import.module)))))) @import
  (#eq? @_module "module") (#eq? @_source "source"))
