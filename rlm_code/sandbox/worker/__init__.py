"""The side of the sandbox that runs model-written code: standard library only, confined before the first cell."""
