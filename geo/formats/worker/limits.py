"""How much memory and processor time one file may cost.

POSIX limits by `resource`. On Windows the parent's time limit alone holds; a Job Object with a
memory limit is the
counterpart, which has not been written because it could not be tried.
"""

from __future__ import annotations

import sys

MEMORY_BYTES = 3 * 1024 * 1024 * 1024
MAX_FILE_BYTES = 1024 * 1024 * 1024


def apply_memory_limit() -> None:
    """Limit the address space; core files are switched off, since they would hold the rows."""
    if sys.platform == "win32":
        return
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def apply_time_limit(seconds: float) -> None:
    """Let this process use `seconds` more of processor time before it is killed."""
    if sys.platform == "win32":
        return
    import resource

    used = resource.getrusage(resource.RUSAGE_SELF)
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    soft = int(used.ru_utime + used.ru_stime + seconds) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (soft, hard))
