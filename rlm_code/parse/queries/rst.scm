; reStructuredText: what stands between headings is not in them; ranks show only by the order of their lines.

(section (title) @name) @definition.section
