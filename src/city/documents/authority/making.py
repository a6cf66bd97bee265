"""Makes the demo authority where it is missing; what is there is never replaced."""

from datetime import datetime
from uuid import UUID

from cryptography.hazmat.primitives import serialization

from city.documents.authority import folder
from city.documents.authority.certificates import ISSUER_LASTS, ROOT_LASTS, Purpose, issued, revocation_list

ROOT, ISSUER, STAMPS = "root", "issuer", "stamps"
_ALL = [*(f"{name}.pem" for name in (ROOT, ISSUER, STAMPS)), f"{ROOT}.crl", f"{ISSUER}.crl"]


def ensure_demo_authority(*, at: datetime) -> None:
    """Root, issuer and time stamps with their revocation lists. Safe to repeat, to kill, and to run twice at once."""
    if all(folder.has(name) for name in _ALL):
        return
    with folder.one_at_a_time():
        if not folder.has(f"{ROOT}.pem"):
            purpose = Purpose("Otoritas Akar SIMULASI Kota Pintar", ROOT_LASTS, issues=1)
            folder.save(ROOT, issued(purpose, by=None, at=at))
        root = folder.load(ROOT)
        if not folder.has(f"{ISSUER}.pem"):
            purpose = Purpose("Penerbit Sertifikat SIMULASI Kota Pintar", ISSUER_LASTS, issues=0)
            folder.save(ISSUER, issued(purpose, by=root, at=at))
        if not folder.has(f"{STAMPS}.pem"):
            purpose = Purpose("Stempel Waktu SIMULASI Kota Pintar", stamps_time=True)
            folder.save(STAMPS, issued(purpose, by=root, at=at))
        for name in (ROOT, ISSUER):
            if not folder.has(f"{name}.crl"):
                made = revocation_list(folder.load(name), at=at)
                folder.write(f"{name}.crl", made.public_bytes(serialization.Encoding.DER))


def ensure_demo_signer(person_id: UUID, name: str, passphrase: str, *, at: datetime) -> None:
    """A certificate for a person of the demo city, its key under her passphrase. An existing one is kept as it is."""
    ensure_demo_authority(at=at)
    with folder.one_at_a_time():
        if not folder.has_signer(person_id):
            made = issued(Purpose(f"{name} (SIMULASI)"), by=folder.load(ISSUER), at=at)
            folder.save_signer(person_id, made, passphrase)


def ensure_demo_seal(agency: str, *, at: datetime) -> None:
    """An agency's e-seal: for what the system decides by itself, so its key is the city's and has no passphrase."""
    if folder.has(f"{seal_name(agency)}.pem"):
        return
    ensure_demo_authority(at=at)
    with folder.one_at_a_time():
        if not folder.has(f"{seal_name(agency)}.pem"):
            made = issued(Purpose(f"Segel Elektronik {agency} (SIMULASI)"), by=folder.load(ISSUER), at=at)
            folder.save(seal_name(agency), made)


def seal_name(agency: str) -> str:
    """Raises ValueError for a code that is no plain word: it becomes a file's name."""
    if not agency.isalnum():
        raise ValueError(f"not an agency's code: {agency!r}")
    return f"seal-{agency}"
