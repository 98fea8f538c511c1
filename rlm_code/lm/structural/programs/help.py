# What can be asked without a language model, with examples of this very repository.
draft = Draft()
tell_askable([])
draft.say("Why and whether are for a language model: set ANTHROPIC_API_KEY, or choose one with --lm.")
print(draft)
