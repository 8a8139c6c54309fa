"""Run as a program of its own: binds itself, then becomes what it was told to. Imports nothing of ours.

MEMORY (bytes) SECONDS (of a core) PROGRAM ARGUMENT …
"""

import os
import sys

if __name__ == "__main__":
    memory, seconds, program = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
    try:
        import resource
    except ImportError:  # not a Unix: only the time of the clock binds it
        pass
    else:
        for what, most in (
            ("RLIMIT_AS", memory),
            ("RLIMIT_CPU", seconds),
            ("RLIMIT_FSIZE", 0),
            ("RLIMIT_CORE", 0),
            ("RLIMIT_NOFILE", 32),
        ):
            resource.setrlimit(getattr(resource, what), (most, most))
    os.execv(program, [program, *sys.argv[4:]])  # noqa: S606 - becoming it is what this is for
