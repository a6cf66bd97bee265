"""`city restore DIR`: the same city again, on an empty machine, from both archives."""

import io
import json
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from city.operate.archive import packing, tables
from city.operate.archive.backup import FORMAT, Pair, read_erased
from city.operate.archive.sealed import unseal
from city.operate.home import Home
from city.operate.refusal import Refused
from city.operate.say import say as say_it

UNFINISHED = "restore-unfinished"


@dataclass(frozen=True)
class Wanted:
    """Which archives. `keys` may stand elsewhere: the two ought to be kept apart."""

    pair: Pair
    keys: Path

    @property
    def erased(self) -> set[UUID]:
        """From both folders, so that the newer list wins wherever it is kept."""
        return read_erased(self.pair.folder) | read_erased(self.keys.parent)


def wanted(folder: Path, keys: Path | None = None, name: str | None = None) -> Wanted:
    """The newest pair in the folder, or the named one. Raises Refused when either half is missing."""
    names = sorted(path.name.removesuffix(".data.tar") for path in folder.glob("*.data.tar"))
    chosen = name or (names[-1] if names else None)
    if chosen is None or chosen not in names:
        raise Refused(f"There is no data archive {chosen + '.data.tar ' if chosen else ''}in {folder}.")
    pair = Pair(folder, chosen)
    opens_with = keys or pair.keys
    if not opens_with.is_file():
        raise Refused(
            f"The key archive {opens_with} is missing: without it the data in {pair.data.name} stay sealed for ever."
            " Bring it from where it is kept, or name it with --keys."
        )
    return Wanted(pair, opens_with)


def must_be_empty(home: Home) -> None:
    """Stops where a city stands already. Raises Refused."""
    if (home.path / UNFINISHED).exists():
        raise Refused(f"A restore into {home.path} was cut short. Remove that folder, then restore again.")
    taken = [path for path in (home.keys, home.files) if path.is_dir() and any(path.iterdir())]
    if home.cluster and home.cluster.data.exists():
        taken.append(home.cluster.data)
    if taken:
        raise Refused(
            f"A city stands in {home.path} already ({taken[0]}). Restore into an empty folder: set CITY_HOME."
        )


def restore(home: Home, which: Wanted, passphrase: str, *, say: Callable[[str], None] = say_it) -> None:
    """Nothing is written before both archives proved to belong together. Raises Refused."""
    must_be_empty(home)
    with home.alone(), tempfile.TemporaryDirectory(dir=home.path, prefix=".restoring-") as scratch:
        draft = Path(scratch)
        about = _open_both(which, passphrase, draft)
        (home.path / UNFINISHED).touch()
        say("Both archives belong together. Bringing the keys back …")
        _move(draft / "keyring", home.keys)
        if about["demo"]:
            home.demo_mark.touch()
        with home.serving():
            must_hold_no_tables(home)
            say("Bringing the tables back …")
            tables.load(home, draft / "tables" / "tables.dump")
            tables.load(home, draft / "tables" / "keys.dump")
            say("Bringing the files back …")
            _move(draft / "files", home.files)
            _finish(home, which, draft, say)
    (home.path / UNFINISHED).unlink()


def _move(source: Path, target: Path) -> None:
    """A whole folder to its place, also on another disk; the target is absent or empty."""
    source.mkdir(exist_ok=True)
    if target.exists():
        target.rmdir()
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.move(source, target)
    target.chmod(0o700)


def _finish(home: Home, which: Wanted, draft: Path, say: Callable[[str], None]) -> None:
    """Newer tables where the program is newer than the archive; erased again what was erased since."""
    home.must("migrate", "--verbosity=0", role="owner")
    if which.erased:
        say(f"Destroying again the keys of {len(which.erased)} erased subjects …")
        listed = draft / "erased"
        listed.write_text("\n".join(map(str, sorted(which.erased))))
        home.must("erase_again", str(listed))
    home.must("verify")


def _open_both(which: Wanted, passphrase: str, draft: Path) -> dict[str, object]:
    content = unseal(which.keys, passphrase)
    packing.unpack(io.BytesIO(content), {name: draft / name for name in ("keyring", "tables")} | {"about": draft / "k"})
    about: dict[str, object] = json.loads((draft / "k" / "about.json").read_text())
    if about["format"] != FORMAT:
        raise Refused(f"These archives have format {about['format']}; this version of the city reads {FORMAT}.")
    if packing.sha256(which.pair.data) != about["data_sha256"]:
        raise Refused(
            f"{which.pair.data} is not the archive that {which.keys} was made with: another pair, or it was changed."
        )
    with which.pair.data.open("rb") as data:
        packing.unpack(data, {name: draft / name for name in ("files", "tables")} | {"about": draft / "d"})
    return about


def must_hold_no_tables(home: Home) -> None:
    """A database administrator's server may hold another city under this name. Raises Refused."""
    with tables.connect(home) as held:
        found = held.execute("SELECT 1 FROM pg_tables WHERE schemaname = 'public' LIMIT 1").fetchone()
    if found:
        raise Refused(f"The database {home.database} is not empty. Restore into an empty one.")
