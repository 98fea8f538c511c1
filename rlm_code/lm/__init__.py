"""Language models: one protocol, the providers that speak it, what they cost and how one is chosen."""
