"""The command line: one file a verb, one for rendering. Nothing imports it, and it holds no logic of answers."""
