"""Where the store may be, and where it is when nobody said."""

from pathlib import Path

import pytest

from wellbeing.store import places
from wellbeing.store.database import open_store
from wellbeing.store.failures import StoreError

MOUNTS = """\
/dev/sda1 / ext4 rw,relatime 0 0
/dev/sdb1 /home ext4 rw 0 0
//server/deel /mnt/deel cifs rw 0 0
nas:/export /home/an/mijn\\040map nfs4 rw 0 0
drive: /home/an/wolk fuse.rclone rw 0 0
gvfsd-fuse /run/user/1000/gvfs fuse.gvfsd-fuse rw 0 0
/dev/fuse /home/an/kluis fuse.gocryptfs rw 0 0
nas:/oud /data nfs rw 0 0
/dev/sdc1 /data ext4 rw 0 0
"""


@pytest.mark.parametrize(
    "folder",
    [
        "OneDrive - GGD Duinrand/school",
        "OneDrive",
        "Dropbox",
        "Google Drive/Mijn Drive",
        "Library/Mobile Documents/com~apple~CloudDocs",
        "Library/CloudStorage/Box-Box",
        "iCloudDrive",
        "Nextcloud/werk",
    ],
)
def test_a_synced_folder_is_refused_before_anything_is_made(tmp_path, folder):
    path = tmp_path / folder / "store.sqlite"
    with pytest.raises(StoreError, match="met de cloud wordt gelijkgehouden"):
        open_store(str(path))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("folder", ["inbox", "boxen", "mijn documenten", "drive", "clouds"])
def test_a_folder_of_a_like_name_is_fine(tmp_path, folder):
    open_store(str(tmp_path / folder / "store.sqlite"))
    assert (tmp_path / folder / "store.sqlite").exists()


def test_a_folder_that_the_environment_names_as_synced_is_refused(tmp_path, monkeypatch):
    monkeypatch.setenv("OneDriveCommercial", str(tmp_path / "GGD"))
    with pytest.raises(StoreError, match="met de cloud"):
        open_store(str(tmp_path / "GGD" / "store.sqlite"))


def test_the_folder_of_the_program_is_refused():
    inside = places.PROGRAM / "data" / "store.sqlite"
    with pytest.raises(StoreError, match="map van het programma"):
        open_store(str(inside))
    assert not inside.exists()


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/mnt/deel/a.sqlite", True),
        ("/home/an/mijn map/a.sqlite", True),
        ("/home/an/wolk/a.sqlite", True),
        ("/run/user/1000/gvfs/smb/a.sqlite", True),
        ("/home/an/a.sqlite", False),
        ("/mnt/deeltje/a.sqlite", False),
        ("/home/an/kluis/a.sqlite", False),
        ("/data/a.sqlite", False),
        ("/a.sqlite", False),
    ],
)
def test_the_nearest_mount_says_whether_it_is_a_network_disk(path, expected):
    assert places.is_network_mount(Path(path), MOUNTS) is expected


def test_a_network_disk_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(places, "_is_on_network", lambda _: True)
    with pytest.raises(StoreError, match="netwerkschijf"):
        open_store(str(tmp_path / "store.sqlite"))


@pytest.mark.parametrize(
    ("environment", "platform", "expected"),
    [
        ({"WELLBEING_STORE": "/elders/a.sqlite"}, "linux", "/elders/a.sqlite"),
        ({"HOME": "/home/an"}, "linux", "/home/an/.local/share/welbevinden/welbevinden.sqlite"),
        ({"HOME": "/home/an", "XDG_DATA_HOME": "/data"}, "linux", "/data/welbevinden/welbevinden.sqlite"),
        ({"HOME": "/Users/an"}, "darwin", "/Users/an/Library/Application Support/welbevinden/welbevinden.sqlite"),
        ({"LOCALAPPDATA": "/C/Local", "APPDATA": "/C/Roaming"}, "win32", "/C/Local/welbevinden/welbevinden.sqlite"),
    ],
)
def test_without_an_address_the_store_is_in_the_users_own_data_folder(environment, platform, expected):
    assert Path(places.default_address(environment, platform)) == Path(expected)


def test_the_variable_decides_where_the_store_is(tmp_path, monkeypatch):
    monkeypatch.setenv("WELLBEING_STORE", str(tmp_path / "hier.sqlite"))
    assert open_store().place == str(tmp_path / "hier.sqlite")


@pytest.mark.parametrize("address", ["sqlite://", "sqlite:///:memory:", "sqlite:///a.sqlite?mode=ro"])
def test_a_store_without_a_plain_file_is_refused(address):
    with pytest.raises(StoreError, match="een bestand nodig"):
        open_store(address)


@pytest.mark.parametrize("address", ["://", "geen adres://x"])
def test_an_address_that_is_none_is_refused(address):
    with pytest.raises(StoreError):
        open_store(address)


def test_a_database_of_another_kind_is_told_from_a_file():
    assert not places.is_file(places.parse_address("postgresql://an:geheim@db.ggd.example/welbevinden"))
    with pytest.raises(StoreError, match="stuurprogramma"):
        open_store("mssql+geen_driver://db.ggd.example/welbevinden")


def test_no_password_in_the_place_that_is_shown():
    url = places.parse_address("postgresql://an:geheim@db.ggd.example/welbevinden")
    assert places.shown(url) == "postgresql://an:***@db.ggd.example/welbevinden"
