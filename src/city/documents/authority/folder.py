"""CITY_KEYS/authority on disk.

Certificates and lists in plain PEM and DER; the authority's own keys wrapped by the keyring, so that this folder alone
signs nothing; a signer's key in a PKCS#12 file under her passphrase, which is kept nowhere.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from django.conf import settings

from city.documents.authority.certificates import Identity
from city.kernel.keyring import unwrap, wrap

_ROUNDS = 150_000  # of PBKDF2: a stolen file costs a guesser a tenth of a second a guess


class WrongPassphrase(Exception):
    """The passphrase does not open this signer's key."""


class NoSigner(Exception):
    """The demo authority has given this person no certificate."""


def folder() -> Path:
    return Path(settings.KEYS) / "authority"


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Web, worker and command line may all start at once; one of them makes the authority."""
    folder().mkdir(mode=0o700, parents=True, exist_ok=True)
    with (folder() / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def write(name: str, content: bytes) -> None:
    draft = folder() / f"{name}.new"
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())
    os.replace(draft, folder() / name)


def read(name: str) -> bytes:
    return (folder() / name).read_bytes()


def has(name: str) -> bool:
    return (folder() / name).exists()


def save(name: str, identity: Identity) -> None:
    """The key first: a certificate that is there always has its key."""
    der = identity.key.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    write(f"{name}.key", wrap(der, about=f"authority:{name}"))
    write(f"{name}.pem", identity.certificate.public_bytes(serialization.Encoding.PEM))


def certificate(name: str) -> x509.Certificate:
    return x509.load_pem_x509_certificate(read(f"{name}.pem"))


def load(name: str) -> Identity:
    der = unwrap(read(f"{name}.key"), about=f"authority:{name}")
    key = serialization.load_der_private_key(der, None, unsafe_skip_rsa_key_validation=True)  # sealed by ourselves
    return _identity(certificate(name), key)


def _identity(found: x509.Certificate | None, key: object) -> Identity:
    if found is None or not isinstance(key, rsa.RSAPrivateKey):
        raise TypeError("the demo authority makes RSA keys with certificates, and this is something else")
    return Identity(found, key)


def _signer_file(person_id: UUID) -> str:
    return f"signer-{person_id}.p12"


def has_signer(person_id: UUID) -> bool:
    """Whether the demo authority can sign for this person, given her passphrase."""
    return has(_signer_file(person_id))


def save_signer(person_id: UUID, identity: Identity, passphrase: str) -> None:
    how = (
        serialization.PrivateFormat.PKCS12.encryption_builder()
        .kdf_rounds(_ROUNDS)
        .key_cert_algorithm(pkcs12.PBES.PBESv2SHA256AndAES256CBC)
        .hmac_hash(hashes.SHA256())
        .build(passphrase.encode())
    )
    content = pkcs12.serialize_key_and_certificates(b"signer", identity.key, identity.certificate, None, how)
    write(_signer_file(person_id), content)


def load_signer(person_id: UUID, passphrase: str) -> Identity:
    """Raises WrongPassphrase or NoSigner. The key lives as long as the caller holds it."""
    try:
        content = read(_signer_file(person_id))
    except FileNotFoundError:
        raise NoSigner(str(person_id)) from None
    try:
        key, found, _others = pkcs12.load_key_and_certificates(content, passphrase.encode())
    except ValueError:
        raise WrongPassphrase(str(person_id)) from None
    return _identity(found, key)
