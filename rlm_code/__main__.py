"""What the command `rlm-code` and `python -m rlm_code` start. Ctrl-C ends it quietly from its first moment: that is why
it imports nothing before it is ready for that.
"""

import sys


def start() -> int:
    """Run the command line and return its exit status."""
    try:
        import gc

        gc.set_threshold(_NEW_OBJECTS)
        from rlm_code.cli.main import main

        return main()
    except KeyboardInterrupt:  # while it is being imported
        return 130


_NEW_OBJECTS = 100_000
"""So many, not 700, before unused ones are looked for: a look-up makes fewer, and imports alone would look 60 times."""


if __name__ == "__main__":
    sys.exit(start())
