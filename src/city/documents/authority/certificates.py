"""X.509 as the demo authority writes it (RFC 5280). Every subject says SIMULASI, wherever a viewer shows it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

CITY = "Pemerintah Kota Cilegon (SIMULASI)"
UNIT = "SIMULASI - bukan sertifikat resmi"
PAST = timedelta(days=3 * 365)  # a demo city has a past, and its papers were signed in it
ROOT_LASTS, ISSUER_LASTS, LEAF_LASTS = (timedelta(days=days) for days in (25 * 365, 20 * 365, 12 * 365))


@dataclass(frozen=True)
class Identity:
    """A certificate with its private key."""

    certificate: x509.Certificate
    key: rsa.RSAPrivateKey


@dataclass(frozen=True)
class Purpose:
    """What a certificate may be used for. `issues`: how many issuers may stand below (None: it signs no others)."""

    name: str
    lasts: timedelta = LEAF_LASTS
    issues: int | None = None
    stamps_time: bool = False


def subject_of(name: str) -> x509.Name:
    parts = (
        (NameOID.COUNTRY_NAME, "ID"),
        (NameOID.ORGANIZATION_NAME, CITY),
        (NameOID.ORGANIZATIONAL_UNIT_NAME, UNIT),
        (NameOID.COMMON_NAME, name[:64]),
    )
    return x509.Name([x509.NameAttribute(oid, text) for oid, text in parts])


def issued(purpose: Purpose, *, by: Identity | None, at: datetime) -> Identity:
    """A new key and its certificate, signed by an issuer; by itself when there is none."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=3072 if by is None else 2048)
    subject = subject_of(purpose.name)
    start = (at - PAST).replace(microsecond=0)
    issuer_key = by.key if by else key
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(by.certificate.subject if by else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(start + PAST + purpose.lasts)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key()), critical=False)
        .add_extension(x509.BasicConstraints(purpose.issues is not None, purpose.issues), critical=True)
        .add_extension(_key_usage(purpose), critical=True)
    )
    if purpose.stamps_time:  # RFC 3161, 2.3: critical, and nothing else
        builder = builder.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
    return Identity(builder.sign(issuer_key, hashes.SHA256()), key)


def _key_usage(purpose: Purpose) -> x509.KeyUsage:
    issuer = purpose.issues is not None
    return x509.KeyUsage(
        digital_signature=not issuer,
        content_commitment=not issuer and not purpose.stamps_time,
        key_cert_sign=issuer,
        crl_sign=issuer,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


def revocation_list(issuer: Identity, *, at: datetime) -> x509.CertificateRevocationList:
    """A list of nothing that stays valid as long as its issuer: nobody comes each week to write the demo's next one."""
    start = (at - PAST).replace(microsecond=0)
    return (
        x509.CertificateRevocationListBuilder()
        .issuer_name(issuer.certificate.subject)
        .last_update(start)
        .next_update(issuer.certificate.not_valid_after_utc)
        .add_extension(x509.CRLNumber(1), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer.certificate.public_key()),  # type: ignore[arg-type]
            critical=False,
        )
        .sign(issuer.key, hashes.SHA256())
    )
