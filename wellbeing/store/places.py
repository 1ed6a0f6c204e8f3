"""Where the store may be: one file on a disk of this machine, outside the program and outside synced folders.

A synchronising program copies a database while it is being written and so breaks it, and takes
confidential counts elsewhere. On a network disk the locks do not hold.
"""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from wellbeing.store.failures import StoreError

VARIABLE = "WELLBEING_STORE"
FILE_NAME = "welbevinden.sqlite"
CODEBOOKS = "vragenlijsten"
PROGRAM = Path(__file__).resolve().parents[2]

SYNCED = ("onedrive", "dropbox", "google drive", "googledrive", "icloud", "nextcloud", "owncloud", "sharepoint")
SYNCED_EXACTLY = frozenset(
    {
        "box",
        "box sync",
        "mobile documents",
        "com~apple~clouddocs",
        "cloudstorage",
        "my drive",
        "mijn drive",
        "surfdrive",
    }
)
SYNC_VARIABLES = ("OneDrive", "OneDriveCommercial", "OneDriveConsumer")
NETWORK_KINDS = frozenset(
    {"nfs", "nfs4", "cifs", "smb3", "smbfs", "afpfs", "afs", "ncpfs", "davfs", "ceph", "glusterfs"}
)
NETWORK_FUSE = ("sshfs", "rclone", "davfs", "gvfsd", "onedriver", "google", "smb", "glusterfs", "s3fs")
REMOTE_DRIVE = 4  # what Windows answers for a mapped network drive

ELSEWHERE = f"Kies een map op de schijf van deze computer, en zet die in {VARIABLE}."


def default_address(environment: Mapping[str, str] = os.environ, platform: str = sys.platform) -> str:
    """Give the address of the store: what the environment names, else a file in the user's own data folder.

    On Windows that is the folder that stays on the machine; the roaming one is copied to a server.
    """
    if environment.get(VARIABLE):
        return environment[VARIABLE]
    home = Path(environment.get("HOME") or Path.home())
    if platform == "win32":
        base = Path(environment.get("LOCALAPPDATA") or home / "AppData" / "Local")
    elif platform == "darwin":
        base = home / "Library" / "Application Support"
    else:
        base = Path(environment.get("XDG_DATA_HOME") or home / ".local" / "share")
    return str(base / "welbevinden" / FILE_NAME)


def codebook_folder(address: str) -> Path:
    """Give where codebooks that users made lie: beside the store, or else in the user's own data folder.

    Raises:
        StoreError: if this is not an address.
    """
    url = parse_address(address)
    if is_file(url):
        return Path(str(url.database)).parent / CODEBOOKS
    without = {name: value for name, value in os.environ.items() if name != VARIABLE}
    return Path(default_address(without)).parent / CODEBOOKS


def parse_address(address: str) -> URL:
    """Read an address: a path is a SQLite file, anything with ``://`` an address of SQLAlchemy.

    Raises:
        StoreError: if it is neither, or a SQLite database without a file.
    """
    try:
        url = make_url(address) if "://" in address else URL.create("sqlite", database=address)
    except ArgumentError:
        message = f"Het adres van de opslag klopt niet. Zet in {VARIABLE} een bestand, of het adres van een database."
        raise StoreError(message) from None
    if not is_file(url):
        return url
    if not url.database or url.database == ":memory:" or url.query:
        message = f"De opslag heeft een bestand nodig. Zet in {VARIABLE} de naam van een bestand, met de map erbij."
        raise StoreError(message)
    return url.set(database=str(Path(url.database).expanduser().resolve()))


def is_file(url: URL) -> bool:
    """Say whether the store is a SQLite file, rather than a database server."""
    return url.get_backend_name() == "sqlite"


def shown(url: URL) -> str:
    """Give the place as people may read it: a file, or a server without its password."""
    return str(url.database) if is_file(url) else url.render_as_string(hide_password=True)


def kept_before(path: Path) -> Path:
    """Give where the store of before is kept when a backup is put back."""
    return path.with_name(path.name + "-voor-terugzetten")


def check_place(path: Path) -> None:
    """Refuse a place where the store could be damaged or leak.

    Raises:
        StoreError: on a synced folder, a network disk, or in the folder of the program.
    """
    if path.is_relative_to(PROGRAM):
        message = f"De opslag mag niet in de map van het programma staan. {ELSEWHERE}"
        raise StoreError(message)
    if is_synced(path, [os.environ[name] for name in SYNC_VARIABLES if os.environ.get(name)]):
        message = f"De opslag mag niet in een map staan die met de cloud wordt gelijkgehouden. {ELSEWHERE}"
        raise StoreError(message)
    if _is_on_network(path):
        message = f"De opslag mag niet op een netwerkschijf staan. {ELSEWHERE}"
        raise StoreError(message)


def is_synced(path: Path, roots: Iterable[str] = ()) -> bool:
    """Say whether a path lies in a folder that a known program synchronises.

    ``roots`` are folders of which the environment says so.

    >>> is_synced(Path("/home/an/OneDrive - GGD Duinrand/store.sqlite")), is_synced(Path("/home/an/inbox/a.sqlite"))
    (True, False)
    """
    names = [part.casefold() for part in path.parent.parts]
    named = any(name.startswith(SYNCED) or name in SYNCED_EXACTLY for name in names)
    return named or any(path.is_relative_to(root) for root in roots)


def _is_on_network(path: Path) -> bool:
    if str(path).startswith(("\\\\", "//")):
        return True
    if sys.platform == "win32":
        return bool(ctypes.windll.kernel32.GetDriveTypeW(path.anchor) == REMOTE_DRIVE)
    mounts = Path("/proc/self/mounts")
    return mounts.exists() and is_network_mount(path, mounts.read_text(encoding="utf-8", errors="replace"))


def is_network_mount(path: Path, mounts: str) -> bool:
    r"""Say whether a path lies on a network disk, by the list of mounts as Linux gives it.

    >>> is_network_mount(Path("/data/a/b"), "/dev/sda1 / ext4 rw 0 0\nnas:/a /data/a nfs4 rw 0 0\n")
    True
    """
    found = [line.split() for line in mounts.splitlines()]
    under = [
        (len(words[1]), at, words[2])
        for at, words in enumerate(found)
        if len(words) > 2 and path.is_relative_to(words[1].replace("\\040", " "))
    ]
    if not under:
        return False
    _, _, kind = max(under)  # the longest is the nearest; of two on one place the later lies on top
    return kind in NETWORK_KINDS or (kind.startswith("fuse.") and kind.removeprefix("fuse.").startswith(NETWORK_FUSE))
