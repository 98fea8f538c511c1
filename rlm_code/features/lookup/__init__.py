"""Look-ups for people and scripts: what a place or a name means, who uses it, what it uses, and an outline.

Each answers with plain data of a documented shape (docs/commands.md). Nothing here knows a terminal.
"""
