"""What the command `rlm-code` and `python -m rlm_code` start. Ctrl-C ends it quietly from its first moment: that is why
it imports nothing before it is ready for that.
"""

import os
import sys

_LOOK_UPS = ("symbols", "definition", "references", "callers", "callees", "search", "map")
_NEW_OBJECTS = 100_000
"""So many, not 700, before unused ones are looked for: imports alone would look sixty times."""


def start() -> int:
    """Run the command line and return its exit status. A look-up that is done ends the process here: it has closed what
    it opened, and taking the interpreter apart would be a tenth of its time."""
    try:
        import gc

        gc.set_threshold(_NEW_OBJECTS)
        from rlm_code.cli.main import main

        status = main()
    except KeyboardInterrupt:  # while it is being imported
        status = 130
    if sys.argv[1:2] and sys.argv[1] in _LOOK_UPS:
        os._exit(status)  # standard output is flushed by now, and standard error keeps nothing back
    return status


if __name__ == "__main__":
    sys.exit(start())
