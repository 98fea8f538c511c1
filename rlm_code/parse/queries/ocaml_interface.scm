; What only an interface file holds.

(open_module_signature module: (_) @import.module @import.star) @import @within.import
