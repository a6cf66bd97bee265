"""Folders into a tar and back, without trusting what a tar says about paths, owners or modes."""

import hashlib
import os
import tarfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from city.operate.refusal import Refused

BLOCK = 1 << 20


def files_under(folder: Path) -> Iterator[tuple[str, Path]]:
    """Every regular file with its name relative to the folder; links and half-written drafts stay behind."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink() and path.suffix != ".new":
            yield path.relative_to(folder).as_posix(), path


def add_file(tar: tarfile.TarFile, name: str, path: Path) -> None:
    """One file as it is now; one that went away meanwhile was discarded by its owner."""
    try:
        with path.open("rb") as content:
            about = tarfile.TarInfo(name)
            about.size, about.mode = os.fstat(content.fileno()).st_size, 0o600
            tar.addfile(about, content)
    except FileNotFoundError:
        return


def add_folder(tar: tarfile.TarFile, prefix: str, folder: Path) -> int:
    """All files of a folder under a prefix; how many."""
    count = 0
    for name, path in files_under(folder):
        add_file(tar, f"{prefix}/{name}", path)
        count += 1
    return count


def unpack(source: BinaryIO, homes: dict[str, Path]) -> None:
    """Each member `<prefix>/<rest>` into `homes[prefix]`, new files of mode 0600. Raises Refused for any other."""
    with tarfile.open(fileobj=source, mode="r|") as tar:
        for member in tar:
            place = PurePosixPath(member.name)
            content = tar.extractfile(member) if member.isfile() else None
            if content is None or place.is_absolute() or ".." in place.parts or place.parts[0] not in homes:
                raise Refused(f"The archive holds {member.name!r}, which `city backup` never writes.")
            _write(homes[place.parts[0]].joinpath(*place.parts[1:]), content)


def _write(target: Path, content: object) -> None:
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
        while block := content.read(BLOCK):  # type: ignore[attr-defined]
            out.write(block)
        out.flush()
        os.fsync(out.fileno())


def sha256(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            digest.update(block)
    return digest.hexdigest()


def keep(draft: Path, final: Path) -> None:
    """Gives a finished file its name, only once its bytes are on disk."""
    with draft.open("rb+") as file:
        os.fsync(file.fileno())
    draft.rename(final)
    folder = os.open(final.parent, os.O_RDONLY)
    os.fsync(folder)
    os.close(folder)
