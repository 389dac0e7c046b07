"""The folder for what belongs to a person and not to a plan: keys, settings."""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs

APP_NAME = "unity-command-map"


def home() -> Path:
    """Return the application's folder of this person; it need not exist yet.

    The environment variable ``UCM_HOME`` names another one: for tests, and for a key on a stick.
    """
    chosen = os.environ.get("UCM_HOME", "")
    if chosen:
        return Path(chosen).expanduser().absolute()
    return Path(platformdirs.user_data_dir(APP_NAME, appauthor=False))
