"""The language server: editors and coding agents ask rlm-code through it.

It holds no logic of its own: features of `rlm_code` give the answers, this package translates. It alone
knows pygls and lsprotocol, and nothing imports it. Start it with `rlm-code-lsp` or `python -P -m rlm_code_lsp`.
"""
