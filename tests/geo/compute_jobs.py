"""Jobs that the tests of the computing worker hand to it."""

from __future__ import annotations

import os
import time

from geo.errors import InputError


def doubled(number, *, progress):
    progress.step(1, 2, "import.step.reading")
    return number * 2


def where(*, progress):
    return os.getpid()


def refused(name, *, progress):
    raise InputError("error.zone.name_taken", name=name)


def broken(secret, *, progress):
    raise ValueError(secret)


def endless(*, progress):
    while True:
        time.sleep(0.01)


def gone(*, progress):
    os._exit(7)


def printing(*, progress):
    print("into the middle of the message")  # noqa: T201 - as libraries do
    return "whole"


def loaded(*names, progress):
    import sys

    return [name in sys.modules for name in names]
