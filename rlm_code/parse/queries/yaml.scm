; YAML: keys and anchors.

((block_mapping_pair key: (flow_node [
  (plain_scalar) @name
  (double_quote_scalar) @name.quoted
  (single_quote_scalar) @name.quoted
])) @definition.key (#not-eq? @name "<<"))
(flow_pair key: (flow_node [
  (plain_scalar) @name
  (double_quote_scalar) @name.quoted
  (single_quote_scalar) @name.quoted
])) @definition.key
(anchor (anchor_name) @name) @definition.constant
