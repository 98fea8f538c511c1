; TOML: tables and keys.

(table . [(bare_key) (dotted_key)] @name) @definition.section
(table . (quoted_key) @name.quoted) @definition.section
(table_array_element . [(bare_key) (dotted_key)] @name) @definition.section
(table_array_element . (quoted_key) @name.quoted) @definition.section
(pair . [(bare_key) (dotted_key)] @name) @definition.key
(pair . (quoted_key) @name.quoted) @definition.key
(table . (_) . (pair) @body)
(table_array_element . (_) . (pair) @body)
