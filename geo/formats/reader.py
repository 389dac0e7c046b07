"""The application's side of the reading worker.

Keeps one warm, starts it again when it died, ends it when it is too slow.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from geo.errors import CancelledError, InputError
from geo.formats.arrow import from_ipc
from geo.formats.drivers import SKIPPED_DRIVERS
from geo.formats.raw import FileInfo, PreviewLine, RawTable, SheetInfo
from geo.formats.wire import BrokenWireError, receive, send

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from types import TracebackType

    from geo.formats.raw import HeaderRows

READ_SECONDS = 120.0
_ROOT = Path(__file__).resolve().parent.parent.parent
# GDAL reads these when it is loaded, so they stand in the environment before the process starts.
_ENVIRONMENT = {
    "GDAL_SKIP": ",".join(SKIPPED_DRIVERS),
    "GDAL_HTTP_PROXY": "http://127.0.0.1:9",
    "CPL_CURL_ENABLE_VSIMEM": "NO",
    "CPL_VSIL_CURL_ALLOWED_EXTENSIONS": ".none",
    "GDAL_DISABLE_READDIR_ON_OPEN": "EMPTY_DIR",
    "GDAL_PAM_ENABLED": "NO",
    "PROJ_NETWORK": "OFF",
    "http_proxy": "http://127.0.0.1:9",
    "https_proxy": "http://127.0.0.1:9",
    "PYTHONIOENCODING": "utf-8",
}
_KEPT = (
    "PATH",
    "LANG",
    "LC_ALL",
    "TMPDIR",
    "TEMP",
    "TMP",
    "SYSTEMROOT",
    "PROJ_DATA",
    "UCM_WORKER_DEBUG",
)


class FileReader:
    """Reads foreign files in another process. Any thread may call it; requests take their turn.

    Use it as a context manager, or call `close`.
    """

    def __init__(self) -> None:
        """Prepare; the worker starts with the first request or with `warm`."""
        self._turn = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._cancelled = False
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

    def warm(self) -> None:
        """Start the worker ahead of need, so that the first file opens at once."""
        with self._turn:
            self._request({"do": "warm"}, name="", timeout=READ_SECONDS)

    def inspect(
        self, path: Path, *, header: HeaderRows | None = None, timeout: float = READ_SECONDS
    ) -> FileInfo:
        """Return format, sheets, header guesses, encoding and digest of a file.

        Args:
            path: The file.
            header: Header rows that a person chose instead of the guesses.
            timeout: Seconds after which the worker is ended.

        Raises:
            InputError: It is missing, unreadable, of an unknown kind, not what its ending says, a
                bomb, too slow.
            CancelledError: `cancel` was called.
        """
        with self._turn:
            head, _ = self._request(
                {"do": "inspect", "path": str(path.absolute()), "header": _header(header)},
                path.name,
                timeout,
            )
        return _info(head["info"])

    def open(
        self,
        path: Path,
        *,
        sheets: Sequence[str] | None = None,
        header: HeaderRows | None = None,
        timeout: float = READ_SECONDS,
    ) -> tuple[FileInfo, RawTable]:
        """Return what `inspect` and `read` return, of one look at the file.

        Raises:
            InputError: As `read`.
            CancelledError: `cancel` was called.
        """
        request = {
            "do": "open",
            "path": str(path.absolute()),
            "sheets": list(sheets) if sheets else None,
            "header": _header(header),
        }
        with self._turn:
            head, body = self._request(request, path.name, timeout)
        return _info(head["info"]), from_ipc(body)

    def read(
        self,
        path: Path,
        *,
        sheets: Sequence[str] | None = None,
        header: HeaderRows | None = None,
        timeout: float = READ_SECONDS,
    ) -> RawTable:
        """Return the data rows of a file.

        Args:
            path: The file.
            sheets: Sheets or layers to read; by default those that `FileInfo.main` names.
            header: Header rows that a person chose instead of the guesses.
            timeout: Seconds after which the worker is ended.

        Raises:
            InputError: As `inspect`; or there is no such sheet or no row.
            CancelledError: `cancel` was called.
        """
        return self.open(path, sheets=sheets, header=header, timeout=timeout)[1]

    def cancel(self) -> None:
        """End the request under way, from any thread; its caller gets a `CancelledError`."""
        self._cancelled = True
        self._kill()

    def close(self) -> None:
        """End the worker; the reader cannot be used afterwards. A second call does nothing."""
        self._closed = True
        self._kill()
        with self._turn:
            self._forget()

    @property
    def worker_pid(self) -> int | None:
        """Process id of the living worker, or None."""
        process = self._process
        return process.pid if process is not None and process.poll() is None else None

    def _request(
        self, request: Mapping[str, Any], name: str, timeout: float
    ) -> tuple[dict[str, Any], bytes | bytearray]:
        if self._closed:
            raise InputError("error.import.reader_closed")
        self._cancelled = False
        process = self._living()
        late = threading.Event()

        def end_it() -> None:
            late.set()
            process.kill()

        timer = threading.Timer(timeout, end_it)
        timer.daemon = True
        timer.start()
        try:
            assert process.stdin is not None  # noqa: S101 - opened as a pipe
            assert process.stdout is not None  # noqa: S101 - likewise
            send(process.stdin, {**request, "seconds": timeout})  # type: ignore[arg-type] # opened in bytes
            head, body = receive(process.stdout)  # type: ignore[arg-type] # likewise
        except (BrokenWireError, OSError):
            self._forget()
            if self._cancelled or self._closed:
                raise CancelledError from None
            code = "error.import.too_slow" if late.is_set() else "error.import.reader_died"
            raise InputError(code, name=name) from None
        finally:
            timer.cancel()
        if "error" in head:
            raise InputError(head["error"], **head["params"])
        return head, body

    def _living(self) -> subprocess.Popen[bytes]:
        if self._process is not None and self._process.poll() is None:
            return self._process
        self._forget()
        self._process = subprocess.Popen(
            [sys.executable, "-m", "geo.formats.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=None if os.environ.get("UCM_WORKER_DEBUG") else subprocess.DEVNULL,
            cwd=_ROOT,
            env=_environment(),
            close_fds=True,
        )
        return self._process

    def _kill(self) -> None:
        process = self._process
        if process is not None:
            with contextlib.suppress(OSError):
                process.kill()

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


def _header(rows: HeaderRows | None) -> dict[str, list[int]]:
    return {sheet: list(lines) for sheet, lines in (rows or {}).items()}


def _info(values: Mapping[str, Any]) -> FileInfo:
    sheets = tuple(_sheet(s) for s in values["sheets"])
    return FileInfo(**{**values, "sheets": sheets, "main": tuple(values["main"])})


def _sheet(values: Mapping[str, Any]) -> SheetInfo:
    preview = tuple(
        PreviewLine(line["row"], tuple(line["cells"]), line["hidden"]) for line in values["preview"]
    )
    return SheetInfo(**{**values, "columns": tuple(values["columns"]), "preview": preview})


def _environment() -> dict[str, str]:
    """Return the worker's whole environment.

    What it needs, and nothing that could open a way out.
    """
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    return {**kept, "PYTHONPATH": str(_ROOT), **_ENVIRONMENT}
