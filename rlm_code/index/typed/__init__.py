"""Names in languages whose declarations write types, read from the tree: what an identifier refers to, what an
expression gives. One engine; a language is a module here."""
