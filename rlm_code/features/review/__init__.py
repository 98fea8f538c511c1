"""Review: what a change breaks elsewhere, and whom it reaches. Structure alone; silence is success.

changes        what differs between two snapshots: files and definitions
stale_imports  imports of names that the change removed
stale_uses     calls and other uses of definitions that the change removed
super_calls    calls of removed methods on the bases of a class
still_used     which removed definitions may still be used, and how many can be asked for
closed         types of which everything is known, so that a member that is gone is gone
provided       what may provide a name although nothing here defines it
misfits        calls that no longer fit a changed signature
guards         blocks around a line in which an error is expected or met
findings       what the checks say
reviewing      the whole: checks, changed definitions with their callers, coverage
sarif          the findings as SARIF 2.1.0
formats        the same for reviewdog (rdjson) and GitLab's code quality
"""
