"""Facts across files: a store keyed by content, its incremental build, resolution and ranking."""
