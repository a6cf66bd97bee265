"""Which user of this machine PostgreSQL runs as: it refuses to run as root."""

import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from city.operate.refusal import Refused

OWN_USER = "kotapintar-db"


@dataclass(frozen=True)
class Account:
    """The user that owns the data folder and runs the server; `dropped` when that is not who we are."""

    name: str
    uid: int
    gid: int
    dropped: bool

    def as_user(self) -> dict[str, Any]:
        """Arguments for `subprocess` that give up root, its groups, and a working folder others may not enter."""
        drop: dict[str, Any] = {"user": self.uid, "group": self.gid, "extra_groups": []} if self.dropped else {}
        return {"cwd": "/", **drop}

    def give(self, path: Path) -> None:
        """Hands one file or folder to this user, closed to everyone else."""
        path.chmod(0o700 if path.is_dir() else 0o600)
        if self.dropped:
            os.chown(path, self.uid, self.gid)

    def must_reach(self, path: Path) -> None:
        """Stops with the folder that shuts this user out, and the remedy. Raises Refused."""
        if not self.dropped:
            return
        for folder in [*reversed(path.resolve().parents), path.resolve()]:
            entered = subprocess.run(["test", "-x", folder], **self.as_user(), check=False)
            if entered.returncode:
                raise Refused(
                    f"PostgreSQL runs as the user {self.name}, who may not enter {folder}."
                    f" Open that folder (chmod o+x '{folder}'), put the city in a folder that others may enter,"
                    " or start it as an ordinary user."
                )


def account() -> Account:
    """Ourselves; for root the user `postgres`, or one of our own where there is none (the wheel brings no user)."""
    uid = os.geteuid()
    if uid != 0:
        return Account(pwd.getpwuid(uid).pw_name, uid, os.getegid(), dropped=False)
    for name in ("postgres", OWN_USER):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(name, entry.pw_uid, entry.pw_gid, dropped=True)
    _add_own_user()
    entry = pwd.getpwnam(OWN_USER)
    return Account(OWN_USER, entry.pw_uid, entry.pw_gid, dropped=True)


def _add_own_user() -> None:
    program = shutil.which("useradd") or "/usr/sbin/useradd"
    command = [program, "--system", "--no-create-home", "--home-dir", "/", "--shell", "/usr/sbin/nologin", OWN_USER]
    try:
        subprocess.run(command, check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError) as fault:
        raise Refused(
            f"PostgreSQL refuses to run as root and this machine has no user for it: {' '.join(command)}"
        ) from fault
