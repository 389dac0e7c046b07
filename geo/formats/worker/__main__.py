"""The worker's loop: read a request, answer it, until the application closes the pipe."""

from __future__ import annotations

import os
import sys
import threading
import time
from pathlib import Path
from typing import Any, BinaryIO

from geo.collector import at_rest
from geo.errors import InputError
from geo.formats.wire import BrokenWireError, receive, send
from geo.formats.worker import limits


def main() -> None:
    """Serve requests until the other side closes."""
    requests, answers = _own_pipes()
    limits.apply_memory_limit()
    threading.Thread(target=_end_with_parent, args=(os.getppid(),), daemon=True).start()
    while True:
        try:
            head, _ = receive(requests)
        except BrokenWireError:
            return
        limits.apply_time_limit(float(head.get("seconds", 60.0)))
        with at_rest():
            reply, body = _answered(head)
        send(answers, reply, body)
        # The rows are gone before the next request waits for its own.
        del reply, body


def _end_with_parent(parent: int) -> None:
    """End this process when the application is gone, also in the middle of a file.

    Windows keeps the number of a parent that ended; there the closed pipe and the time limit hold.
    """
    while os.getppid() == parent:
        time.sleep(1.0)
    os._exit(1)


def _own_pipes() -> tuple[BinaryIO, BinaryIO]:
    """Take stdin and stdout away from libraries, which may print into the middle of a message."""
    requests = os.fdopen(os.dup(0), "rb")
    answers = os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 0)
    os.dup2(nothing, 1)
    sys.stdout = sys.stderr
    return requests, answers


def _answered(head: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    # Imported at the first request, so that the process answers its start at once.
    from geo.formats.arrow import to_ipc
    from geo.formats.worker import dispatch

    try:
        if head.get("do") == "warm":
            return {"ok": True}, b""
        path = Path(str(head["path"]))
        header = {name: (first, lines) for name, (first, lines) in head["header"].items()}
        if head["do"] == "inspect":
            return {"info": dispatch.inspect(path, header)}, b""
        info, table = dispatch.open_file(path, head.get("sheets"), header)
        return {"info": info}, to_ipc(table)
    except InputError as error:
        return {"error": error.code, "params": dict(error.params)}, b""
    except MemoryError:
        return {
            "error": "error.import.too_big",
            "params": {"name": Path(str(head["path"])).name},
        }, b""
    except Exception as error:  # noqa: BLE001 - a foreign file may break any parser in any way
        # The type only: a parser's message may quote the file's content.
        params = {"name": Path(str(head.get("path", ""))).name, "what": type(error).__name__}
        if os.environ.get("UCM_WORKER_DEBUG"):
            import traceback

            traceback.print_exc()
        return {"error": "error.import.file_broken", "params": params}, b""


if __name__ == "__main__":
    main()
