; Markdown: a section is its heading and everything up to the next one of its rank.

(section (atx_heading heading_content: (_) @name.heading) . (_)? @body) @definition.section
(setext_heading heading_content: (paragraph (inline) @name)) @definition.section
