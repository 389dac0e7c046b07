"""Heavy computing in another process: statistics and graph libraries never load beside the window.

One worker is spawned (never forked) at the first job and kept warm; it ends with the program. What
crosses is pickled by this program and for this program; nothing of it comes from a file. The worker
never opens a plan.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import queue
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Self

from geo.errors import CancelledError, InputError, PlanError
from geo.formats.wire import BrokenWireError, receive, send
from geo.progress import NoProgress

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType

    from geo.progress import Progress

JOB_SECONDS: Final = 300.0
ASK_S: Final = 0.05
"""Seconds between two looks at whether the user cancelled, while the worker is silent."""
_ROOT = Path(__file__).resolve().parent.parent
_KEPT = ("PATH", "LANG", "LC_ALL", "TMPDIR", "TEMP", "TMP", "SYSTEMROOT", "PROJ_DATA")
_ENVIRONMENT = {
    # One thread and one order of hashing: the same job gives the same result on every machine.
    "PYTHONHASHSEED": "0",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "PROJ_NETWORK": "OFF",
    "PYTHONIOENCODING": "utf-8",
}


class WorkerBugError(RuntimeError):
    """A job failed for a reason that is no known error; says where, and holds no values."""


@dataclass(frozen=True, slots=True)
class _Raised:
    """What the function raised, beside which the worker lives on."""

    error: Exception


class Computer:
    """Runs jobs in another process, one at a time; any thread may ask. Use `close` at the end."""

    def __init__(self) -> None:
        """Prepare; the worker starts with the first job or with `warm`."""
        self._turn = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._closed = False

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End the worker."""
        self.close()

    def warm(self, *modules: str) -> None:
        """Start the worker ahead of need and let it import what the first job will ask for."""
        self._ask({"do": "warm", "modules": list(modules)}, b"", NoProgress(), JOB_SECONDS)

    def run(
        self,
        function: Callable[..., Any],
        *arguments: object,
        progress: Progress | None = None,
        seconds: float = JOB_SECONDS,
    ) -> Any:  # noqa: ANN401 - whatever the function returns
        """Call ``function(*arguments, progress=…)`` in the worker and return what it returns.

        Args:
            function: Of a module that the worker can import by name.
            arguments: Anything that can be pickled.
            progress: Told what the function tells; when it raises, the worker is ended.
            seconds: After which the worker is ended.

        Raises:
            PlanError: The function raised it.
            CancelledError: The user asked to stop, or the computer was closed meanwhile.
            InputError: It took too long, or the process ended (too little memory).
            WorkerBugError: The function failed otherwise.
        """
        job = {"do": "run", "module": function.__module__, "name": function.__qualname__}
        body = pickle.dumps(arguments, protocol=pickle.HIGHEST_PROTOCOL)
        return self._ask(job, body, progress or NoProgress(), seconds)

    def close(self) -> None:
        """End the worker; a job under way is cancelled. A second call does nothing."""
        self._closed = True
        self._kill()
        with self._turn:
            self._forget()

    @property
    def worker_pid(self) -> int | None:
        """Process id of the living worker, or None."""
        process = self._process
        return process.pid if process is not None and process.poll() is None else None

    def _ask(self, head: dict[str, Any], body: bytes, progress: Progress, seconds: float) -> Any:  # noqa: ANN401 - see `run`
        with self._turn:
            if self._closed:
                raise CancelledError
            process = self._living()
            heard: queue.SimpleQueue[tuple[dict[str, Any], bytes | bytearray] | None]
            heard = queue.SimpleQueue()
            listener = threading.Thread(target=_listen, args=(process, heard), daemon=True)
            listener.start()
            try:
                assert process.stdin is not None  # noqa: S101 - opened as a pipe
                with contextlib.suppress(OSError):  # that it is gone is heard from the listener
                    send(process.stdin, head, body)  # type: ignore[arg-type]
                outcome = self._answer(heard, progress, time.monotonic() + seconds)
            except BaseException:
                # It may still be busy with a job that nobody waits for.
                self._kill()
                raise
            finally:
                if self.worker_pid is None:
                    listener.join()
                    self._forget()
        if isinstance(outcome, _Raised):
            raise outcome.error
        return outcome

    def _answer(
        self,
        heard: queue.SimpleQueue[tuple[dict[str, Any], bytes | bytearray] | None],
        progress: Progress,
        until: float,
    ) -> Any:  # noqa: ANN401 - see `run`
        told: tuple[int, int, str] = (0, 0, "")
        while True:
            try:
                message = heard.get(timeout=ASK_S)
            except queue.Empty:
                progress.step(*told)
                if time.monotonic() > until:
                    raise InputError("error.compute.too_slow") from None
                continue
            if message is None:
                if self._closed:
                    raise CancelledError
                raise InputError("error.compute.died")
            head, body = message
            if "step" in head:
                done, total, code = head["step"]
                told = (done, total, code)
                progress.step(*told)
            elif "bug" in head:
                return _Raised(WorkerBugError(head["bug"]))
            else:
                result = pickle.loads(body)  # noqa: S301 - written by this program's own worker
                return result if head["ok"] else _Raised(_known_error(*result))

    def _living(self) -> subprocess.Popen[bytes]:
        if self._process is not None and self._process.poll() is None:
            return self._process
        self._forget()
        kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "geo.compute_worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=_ROOT,
            env={**kept, "PYTHONPATH": str(_ROOT), **_ENVIRONMENT},
            close_fds=True,
        )
        return self._process

    def _kill(self) -> None:
        process = self._process
        if process is not None:
            with contextlib.suppress(OSError):
                process.kill()
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(timeout=5.0)

    def _forget(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        with contextlib.suppress(OSError):
            process.kill()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()
        process.wait()


def _listen(
    process: subprocess.Popen[bytes],
    heard: queue.SimpleQueue[tuple[dict[str, Any], bytes | bytearray] | None],
) -> None:
    """Hand over what the worker says until its answer; None when it ended."""
    assert process.stdout is not None  # noqa: S101 - opened as a pipe
    while True:
        try:
            message = receive(process.stdout)  # type: ignore[arg-type]
        except (BrokenWireError, OSError, ValueError):
            heard.put(None)
            return
        heard.put(message)
        if "step" not in message[0]:
            return


def _known_error(kind: type[PlanError], code: str, params: dict[str, object]) -> PlanError:
    """Return a known error as it was, whatever its own constructor asks for."""
    error = kind.__new__(kind, code)
    PlanError.__init__(error, code, **params)
    return error
