; Make: variables, and targets as what can be called.

((variable_assignment name: (word) @name ["=" ":=" "::=" "?="]) @definition.variable (#not-match? @name "[+?!:]$"))
((variable_assignment name: (word) @name.cut) @definition.variable (#match? @name.cut "[?!:]$"))
(shell_assignment name: (word) @name) @definition.variable
((makefile (conditional (recipe_line (shell_text) @name.word @definition.variable)))
  (#match? @name.word "^[A-Za-z0-9_.-]+[ \t]*[:?]*="))
((makefile (conditional [(else_directive (recipe_line (shell_text) @name.word @definition.variable))
  (elsif_directive (recipe_line (shell_text) @name.word @definition.variable))]))
  (#match? @name.word "^[A-Za-z0-9_.-]+[ \t]*[:?]*="))
((makefile (conditional (conditional (recipe_line (shell_text) @name.word @definition.variable))))
  (#match? @name.word "^[A-Za-z0-9_.-]+[ \t]*[:?]*="))
(recipe (conditional) @outside)
(define_directive name: (word) @name) @definition.macro
((rule (targets (word) @name) (recipe)? @body) @definition.function (#not-match? @name "^\\.[A-Z_]+$|[\"'|]|^@"))
(rule (targets [(concatenation) (variable_reference) (function_call) (substitution_reference)] @name) (recipe)? @body)
  @definition.function

(variable_assignment name: (word) @reference.write "+=")
(variable_reference (word) @reference.read)
(prerequisites (word) @reference.call)

(include_directive filenames: (list (word) @import.module)) @import
