"""Functions as values: what a callee that is no plain name may be, and which calls reach a function that is passed on.

Answered on demand, backwards through assignments, parameters, results, attributes and containers, within limits of
work. `graph.CallGraph` is the way in. What it finds is inferred from values that syntax shows, never exact.
"""
