; HTML: headings, and the identifiers that scripts, styles and links refer to. A start tag is always first, and is said
; to be: else each element that is open waits for another one, and a long page takes quadratic time.

((attribute (attribute_name) @_id [
  (quoted_attribute_value (attribute_value) @name)
  (attribute_value) @name
]) @definition.selector (#any-of? @_id "id" "ID"))
((element . (start_tag . (tag_name) @_a
  (attribute (attribute_name) @_name (quoted_attribute_value (attribute_value) @name)) @definition.selector))
  (#any-of? @_a "a" "A") (#any-of? @_name "name" "NAME"))
((element . (start_tag . (tag_name) @_heading) . (text) @name . [(end_tag) (element)]) @definition.section
  (#match? @_heading "^[hH][1-6]$"))
((element . (start_tag . (tag_name) @_heading)
  . (text) @name.from . [(entity) (text)]+ . [(end_tag) (element)] @name.before) @definition.section
  (#match? @_heading "^[hH][1-6]$"))
((element . (start_tag . (tag_name) @_heading) . [
  (element . (start_tag) . (text) @name)
  (element . (start_tag) . (element . (start_tag) . (text) @name))
]) @definition.section (#match? @_heading "^[hH][1-6]$"))
((element . (start_tag . (tag_name) @_heading) . (element . (start_tag) . (end_tag)) . (text) @name) @definition.section
  (#match? @_heading "^[hH][1-6]$"))

((tag_name) @reference.call (#match? @reference.call "-"))

((script_element . (start_tag (attribute (attribute_name) @_src
  (quoted_attribute_value (attribute_value) @import.module)))) @import (#eq? @_src "src"))
((element . (start_tag . (tag_name) @_link (attribute (attribute_name) @_href
  (quoted_attribute_value (attribute_value) @import.module)))) @import (#eq? @_link "link") (#eq? @_href "href"))

(script_element . (start_tag . (tag_name) .) (raw_text) @embedded.javascript)
((script_element . (start_tag (attribute (attribute_name) @_type (quoted_attribute_value (attribute_value) @_script)))
  (raw_text) @embedded.javascript)
  (#eq? @_type "type") (#any-of? @_script "module" "text/javascript" "application/javascript"))
(style_element (raw_text) @embedded.css)
