"""What names mean in JavaScript and TypeScript: scopes, modules, types as far as syntax shows them, from the tree."""
