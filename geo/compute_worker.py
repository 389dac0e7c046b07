"""The computing worker's loop: take a job, do it, answer, until the application closes the pipe."""

from __future__ import annotations

import contextlib
import os
import pickle
import sys
import threading
import time
import traceback
from importlib import import_module
from typing import Any, BinaryIO, Final

from geo.errors import PlanError
from geo.formats.wire import BrokenWireError, receive, send

MEMORY_BYTES: Final = 6 * 1024 * 1024 * 1024
"""Address space, of which numerical libraries reserve far more than they use."""
TELL_S: Final = 0.03


def main() -> None:
    """Do jobs until the other side closes."""
    jobs, answers = _own_pipes()
    _limit_memory()
    threading.Thread(target=_end_with_parent, args=(os.getppid(),), daemon=True).start()
    while True:
        try:
            head, body = receive(jobs)
        except BrokenWireError:
            return
        reply, result = _done(head, body, _Told(answers))
        send(answers, reply, result)
        del body, result


class _Told:
    """Sends progress over the pipe, not more often than anybody can see."""

    def __init__(self, answers: BinaryIO) -> None:
        self._answers = answers
        self._last = 0.0
        self._code = ""

    def step(self, done: int, total: int, code: str = "") -> None:
        now = time.monotonic()
        if code != self._code or now - self._last > TELL_S:
            self._last, self._code = now, code
            send(self._answers, {"step": [done, total, code]})


def _done(head: dict[str, Any], body: bytes | bytearray, progress: _Told) -> tuple[Any, bytes]:
    try:
        if head["do"] == "warm":
            for module in head["modules"]:
                import_module(module)
            return {"ok": True}, pickle.dumps(None)
        function = getattr(import_module(head["module"]), head["name"])
        arguments = pickle.loads(body)  # noqa: S301 - written by this program's own process
        result = function(*arguments, progress=progress)
        return {"ok": True}, pickle.dumps(result, protocol=pickle.HIGHEST_PROTOCOL)
    except PlanError as error:
        return {"ok": False}, pickle.dumps((type(error), error.code, error.params))
    except Exception as bug:  # noqa: BLE001 - told to the application, which reports it
        # Where and of which type, never the message: it may hold values of the plan.
        places = [f"{f.name} {f.lineno}" for f in traceback.extract_tb(bug.__traceback__)]
        return {"bug": f"{type(bug).__name__} in {' > '.join(places[1:])}"}, b""


def _own_pipes() -> tuple[BinaryIO, BinaryIO]:
    """Take stdin and stdout away from libraries, which may print into the middle of a message."""
    jobs = os.fdopen(os.dup(0), "rb")
    answers = os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 0)
    os.dup2(nothing, 1)
    sys.stdout = sys.stderr
    return jobs, answers


def _limit_memory() -> None:
    if sys.platform == "win32":
        return
    import resource

    with contextlib.suppress(ValueError):  # a lower limit was set by whoever started the program
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _end_with_parent(parent: int) -> None:
    """End this process when the application is gone, also in the middle of a job."""
    while os.getppid() == parent:
        time.sleep(1.0)
    os._exit(1)


if __name__ == "__main__":
    main()
