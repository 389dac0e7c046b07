from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from geo.errors import CancelledError, InputError
from geo.formats.drivers import ALLOWED_DRIVERS
from geo.formats.reader import FileReader, _environment

ROW = "S1,Demo Casino,11.0,104.9,casino\n"


@pytest.fixture
def small(tmp_path):
    path = tmp_path / "small.csv"
    path.write_text("code,name_en,lat,lon,kind\n" + ROW)
    return path


@pytest.fixture
def big(tmp_path):
    path = tmp_path / "big.csv"
    path.write_text("code,name_en,lat,lon,kind\n" + ROW * 1_000_000)
    return path


def test_gdal_is_never_in_the_process_that_reads_through_the_worker(tmp_path, small):
    script = (
        "import sys; from pathlib import Path; from geo.formats.reader import FileReader\n"
        "with FileReader() as r: r.read(Path(sys.argv[1]))\n"
        "assert not {'pyogrio', 'fiona', 'osgeo'} & set(sys.modules)\n"
        "maps = Path('/proc/self/maps')\n"
        "assert not maps.exists() or 'libgdal' not in maps.read_text()\n"
    )
    root = Path(__file__).parents[3]
    subprocess.run([sys.executable, "-c", script, str(small)], cwd=root, check=True)


def test_a_worker_killed_meanwhile_is_a_clear_error_and_the_next_read_works(small):
    with FileReader() as reader:
        reader.read(small)
        assert reader.worker_pid is not None
        os.kill(reader.worker_pid, signal.SIGSTOP)
        killer = threading.Timer(0.2, os.kill, (reader.worker_pid, signal.SIGKILL))
        killer.start()
        with pytest.raises(InputError) as caught:
            reader.read(small)
        killer.join()
        assert caught.value.code == "error.import.reader_died"
        assert len(reader.read(small)) == 1


def test_a_read_that_is_too_slow_is_ended_and_says_so(small):
    with FileReader() as reader:
        reader.read(small)
        os.kill(reader.worker_pid or 0, signal.SIGSTOP)
        with pytest.raises(InputError) as caught:
            reader.read(small, timeout=0.3)
        assert caught.value.code == "error.import.too_slow"
        assert len(reader.read(small)) == 1


def test_cancelling_ends_the_read_at_once(big):
    with FileReader() as reader:
        reader.warm()
        threading.Timer(0.2, reader.cancel).start()
        began = time.monotonic()
        with pytest.raises(CancelledError):
            reader.read(big)
        assert time.monotonic() - began < 2
        assert reader.worker_pid is None


def test_a_closed_reader_says_so(small):
    reader = FileReader()
    reader.close()
    with pytest.raises(InputError) as caught:
        reader.read(small)
    assert caught.value.code == "error.import.reader_closed"


def test_several_threads_may_ask_one_reader(small):
    results = []
    with FileReader() as reader:
        threads = [
            threading.Thread(target=lambda: results.append(len(reader.read(small))))
            for _ in range(4)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert results == [1, 1, 1, 1]


def test_only_the_drivers_that_are_needed_are_there_when_gdal_loads():
    script = "import pyogrio; print('\\n'.join(pyogrio.list_drivers()))"
    done = subprocess.run(
        [sys.executable, "-c", script],
        env=_environment(),
        capture_output=True,
        text=True,
        check=True,
    )
    assert set(done.stdout.split("\n")) - {""} <= set(ALLOWED_DRIVERS)


def test_inspecting_tells_format_encoding_header_and_digest(small):
    with FileReader() as reader:
        info = reader.inspect(small)
    assert (info.format, info.encoding, info.delimiter) == ("csv", "utf-8", ",")
    assert info.sheets[0].columns == ("code", "name_en", "lat", "lon", "kind")
    assert (info.sheets[0].rows, info.sheets[0].header_row) == (1, 1)
    assert len(info.sha256) == 64


def test_a_path_may_be_relative_and_khmer(tmp_path, monkeypatch, reader):
    monkeypatch.chdir(tmp_path)
    path = Path("បញ្ជី ទីតាំង.csv")
    path.write_text("code,name_en\nS1,Demo\n")
    assert reader.read(path).column("code") == ["S1"]
