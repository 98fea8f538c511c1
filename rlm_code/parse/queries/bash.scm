; Bash and its kin. A command's first word is a call.

(function_definition name: (_) @name body: (_) @body) @definition.function
(variable_assignment name: (variable_name) @name) @definition.variable
; The grammar takes several assignments on a line for the environment of the next line's command.
((command (variable_assignment) @local name: (_)) @_command
  (#not-match? @_command "^(\\w+=(`[^`\n]*`|\"[^\"\n]*\"|[^\\s`\"])*[ \\t]*)+\n"))
(command_substitution) @local
((command name: (command_name (word) @_alias) argument: [
  (word) @name.word
  (concatenation . (word) @name.word)
]) @definition.macro (#eq? @_alias "alias") (#match? @name.word "^[^-=].*="))

(variable_assignment name: (variable_name) @reference.write)
(variable_assignment name: (subscript name: (_) @reference.write))
(declaration_command (variable_name) @reference.write)
(for_statement variable: (_) @reference.write)
(command_name (word) @reference.call)

((command name: (command_name (word) @_source) argument: [
  (word) @import.module
  (string) @import.module
  (raw_string) @import.module
  (concatenation) @import.module
]) @import (#any-of? @_source "source" "."))
