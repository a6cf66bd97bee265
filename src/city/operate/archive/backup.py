"""`city backup DIR`: the data archive, and separately the key archive without which it is noise.

A pair shares its name: `<moment>.data.tar` holds tables and sealed files; `<moment>.keys` opens with the passphrase and
holds the keyring, the rows of the key tables and the demo authority's keys. `erased-subjects.txt` in the same folder
lists every subject whose key was destroyed, so that restoring an older pair destroys those keys again.
"""

import io
import json
import tarfile
import tempfile
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID, uuid4

from city.operate.archive import packing, tables
from city.operate.archive.sealed import must_be_strong, seal
from city.operate.home import Home
from city.operate.say import say as say_it

FORMAT = 1
ERASED = "erased-subjects.txt"


@dataclass(frozen=True)
class About:
    """What a pair says of itself. The key archive's copy is authentic; the data archive must match it."""

    pair: str
    made_at: str
    database: str
    demo: bool
    format: int = FORMAT
    data_sha256: str = ""

    def as_bytes(self) -> bytes:
        return json.dumps(asdict(self), indent=1).encode()


@dataclass(frozen=True)
class Pair:
    """The two files of one backup."""

    folder: Path
    name: str

    @property
    def data(self) -> Path:
        return self.folder / f"{self.name}.data.tar"

    @property
    def keys(self) -> Path:
        return self.folder / f"{self.name}.keys"


def backup(home: Home, folder: Path, passphrase: str, *, at: datetime, say: Callable[[str], None] = say_it) -> Pair:
    """Writes one pair. The city may go on working meanwhile: both archives show the same moment. Raises Refused."""
    must_be_strong(passphrase)  # before an hour of dumping
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    pair = Pair(folder, at.strftime("%Y%m%dT%H%M%SZ"))
    about = About(str(uuid4()), at.isoformat(), home.database, home.is_demo)
    with tempfile.TemporaryDirectory(dir=folder, prefix=".unfinished-") as scratch, tables.moment(home) as snapshot:
        draft = Path(scratch)
        tables.dump_data(home, snapshot, draft / "tables.dump")
        tables.dump_keys(home, snapshot, draft / "keys.dump")
        files = _write_data(home, draft, about)
        about = About(**{**asdict(about), "data_sha256": packing.sha256(draft / "data.tar")})
        (draft / "keys").write_bytes(seal(_key_content(home, draft, about), passphrase))
        remember_erased(folder, erased_in(home))
        packing.keep(draft / "data.tar", pair.data)
        packing.keep(draft / "keys", pair.keys)
    say(f"Data:  {pair.data} ({pair.data.stat().st_size:,} bytes, {files} files of applicants, all sealed)")
    say(f"Keys:  {pair.keys} ({pair.keys.stat().st_size:,} bytes, opens with the passphrase alone)")
    say("Keep the two apart: whoever holds both and the passphrase reads everything.")
    return pair


def _write_data(home: Home, draft: Path, about: About) -> int:
    (draft / "about.json").write_bytes(about.as_bytes())
    with tarfile.open(draft / "data.tar", "w") as tar:
        packing.add_file(tar, "about/about.json", draft / "about.json")
        packing.add_file(tar, "tables/tables.dump", draft / "tables.dump")
        return packing.add_folder(tar, "files", home.files)


def _key_content(home: Home, draft: Path, about: About) -> bytes:
    (draft / "about.json").write_bytes(about.as_bytes())
    memory = io.BytesIO()
    with tarfile.open(fileobj=memory, mode="w") as tar:
        packing.add_file(tar, "about/about.json", draft / "about.json")
        packing.add_file(tar, "tables/keys.dump", draft / "keys.dump")
        packing.add_folder(tar, "keyring", home.keys)
    return memory.getvalue()


def erased_in(home: Home) -> set[UUID]:
    """Subjects whose keys this city has destroyed."""
    with tables.connect(home) as held:
        return {UUID(str(row[0])) for row in held.execute("SELECT subject_id FROM kernel_erasedsubject")}


def read_erased(folder: Path) -> set[UUID]:
    path = folder / ERASED
    return {UUID(line) for line in path.read_text().split()} if path.exists() else set()


def remember_erased(folder: Path, erased: set[UUID]) -> None:
    """Adds to the folder's list, never takes away: an older city backed up here must not make it shorter."""
    draft = folder / f"{ERASED}.new"
    draft.write_text("".join(f"{one}\n" for one in sorted(erased | read_erased(folder))))
    packing.keep(draft, folder / ERASED)
