"""Small cities for these tests."""

from pathlib import Path

from django.conf import settings

from city.kernel.keyring import ensure_keys
from city.operate.home import Home


def a_home(path: Path, database: str, *, keys: bool = True) -> Home:
    """A city's folder beside the tests' own PostgreSQL; without keys it is an empty machine."""
    path.mkdir(parents=True, exist_ok=True)
    home = Home(path, database, None, settings.KEYS if keys else path / "keys", path / "files")
    if keys:
        ensure_keys(home.keys)
    return home
