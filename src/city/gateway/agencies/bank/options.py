"""What the city and its bank agreed on: names, numbers, limits, and the keys that lie beside them in `keys/bank`.

A real bank's contract is the same file with the bank's own values; `simulated` is false then, and no label is shown.
"""

import fcntl
import json
import os
import secrets
from dataclasses import asdict, dataclass, fields
from functools import cached_property
from pathlib import Path
from typing import cast

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

CONTRACT, CITY_KEY, CITY_PUBLIC, BANK_KEY, BANK_PUBLIC, SECRET = (
    "contract.json", "city.pem", "city.public.pem", "bank.pem", "bank.public.pem", "client.secret",
)  # fmt: skip


@dataclass(frozen=True)
class Contract:
    """Amounts in rupiah, times in seconds.

    `qris_limit`: most that one QRIS payment may be (Bank Indonesia, since March 2022: Rp10.000.000).
    `window`: how far the bank's clock and ours may be apart. `patience`: how long one request may take altogether.
    """

    name: str = "Bank Contoh (simulasi)"
    simulated: bool = True
    url_path: str = "/v1.0/"
    client_id: str = "KOTA-CILEGON"
    partner_id: str = "8800123456"
    channel_id: str = "95221"
    bank_client_id: str = "BANK-CONTOH"
    bank_code: str = "999"
    account: str = "00120001234567"
    service_id: str = "88001"
    merchant_id: str = "KOTACILEGON0001"
    national_id: str = "ID1099000000017"
    qris_limit: int = 10_000_000
    window: int = 300
    patience: float = 8.0
    tries: int = 3


@dataclass(frozen=True)
class Agreement:
    """A contract with the folder of its keys; keys are read when first used and then kept."""

    contract: Contract
    folder: Path

    @cached_property
    def secret(self) -> str:
        return (self.folder / SECRET).read_text().strip()

    @cached_property
    def city_key(self) -> rsa.RSAPrivateKey:
        return _private(self.folder / CITY_KEY)

    @cached_property
    def bank_public(self) -> rsa.RSAPublicKey:
        return _public(self.folder / BANK_PUBLIC)

    @cached_property
    def bank_key(self) -> rsa.RSAPrivateKey:
        """The simulator's alone; a real bank never gives it away."""
        return _private(self.folder / BANK_KEY)

    @cached_property
    def city_public(self) -> rsa.RSAPublicKey:
        return _public(self.folder / CITY_PUBLIC)


def agreement_in(folder: Path) -> Agreement | None:
    """The agreement kept in a folder, or None where there is none. Raises ValueError for a contract nobody can read."""
    path = folder / CONTRACT
    if not path.exists():
        return None
    said = json.loads(path.read_text())
    known = {field.name for field in fields(Contract)}
    if unknown := sorted(set(said) - known):
        raise ValueError(f"{path} names {', '.join(unknown)}, which no contract has")
    return Agreement(Contract(**said), folder)


def ensure_demo_agreement(folder: Path) -> Agreement:
    """The demo bank's contract and keys, made where they are missing by one at a time; what exists stays."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with os.fdopen(os.open(folder / "lock", os.O_WRONLY | os.O_CREAT, 0o600), "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        _make_missing(folder)
    found = agreement_in(folder)
    assert found is not None  # noqa: S101 - written above
    return found


def _make_missing(folder: Path) -> None:
    for private, public in ((CITY_KEY, CITY_PUBLIC), (BANK_KEY, BANK_PUBLIC)):
        if not (folder / private).exists():
            _new_pair(folder / private, folder / public)
    if not (folder / SECRET).exists():
        _write(folder / SECRET, secrets.token_urlsafe(32).encode())
    if not (folder / CONTRACT).exists():  # last: who finds it finds the keys too
        _write(folder / CONTRACT, json.dumps(asdict(Contract()), indent=1).encode())


def _new_pair(private: Path, public: Path) -> None:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    shown = key.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    _write(public, shown)
    kept = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    _write(private, key.private_bytes(*kept))


def _write(path: Path, content: bytes) -> None:
    draft = path.with_suffix(".new")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())
    draft.replace(path)


def _private(path: Path) -> rsa.RSAPrivateKey:
    return cast(rsa.RSAPrivateKey, serialization.load_pem_private_key(path.read_bytes(), password=None))


def _public(path: Path) -> rsa.RSAPublicKey:
    return cast(rsa.RSAPublicKey, serialization.load_pem_public_key(path.read_bytes()))
