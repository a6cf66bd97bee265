"""The demo authority as one that can sign: what BSrE is in a real city."""

from datetime import datetime
from functools import lru_cache
from uuid import UUID

from django.utils.translation import gettext as _

from city.documents.authority import folder, making
from city.documents.authority.certificates import Identity
from city.documents.authority.checking import read_signatures
from city.documents.authority.signing import enriched, signed
from city.documents.authority.trust import Trust
from city.documents.declare import SIGNATURES, SignatureRequest
from city.kernel.errors import FieldError, Refusal


class DoesNotHold(Exception):
    """The signature just made does not check: nothing may be issued."""


@lru_cache(maxsize=8)
def _seal(name: str, _made: float) -> Identity:
    return folder.load(name)


class DemoAuthority:
    """Signs with certificates named SIMULASI. A passphrase is used while one request lasts, and kept by nobody."""

    simulated = True

    def sign(self, request: SignatureRequest, *, person_id: UUID, passphrase: str) -> bytes:
        """Refuses (422) a wrong passphrase, and (409) a person without a certificate."""
        try:
            identity = folder.load_signer(person_id, passphrase)
        except folder.WrongPassphrase:
            said = _("Frasa sandi salah. Surat belum ditandatangani. Ketik ulang frasa sandi tanda tangan Anda.")
            raise Refusal("signature.passphrase", said, status=422, errors=[FieldError("passphrase", said)]) from None
        except folder.NoSigner:
            said = _("Anda belum punya sertifikat tanda tangan elektronik. Hubungi administrator di DKISS.")
            raise Refusal("signature.no_certificate", said) from None
        return signed(request, identity)

    def seal(self, request: SignatureRequest, *, agency: str) -> bytes:
        making.ensure_demo_seal(agency, at=request.at)
        name = making.seal_name(agency)
        return signed(request, _seal(name, (folder.folder() / f"{name}.key").stat().st_mtime))

    def enrich(self, pdf: bytes, *, at: datetime) -> bytes:
        """Raises DoesNotHold when the result does not check by the same rules as a stranger's copy will."""
        trust = Trust.of_the_demo()
        complete = enriched(pdf, trust)
        found = read_signatures(complete, trust)
        if not found or not all(one.holds for one in found):
            raise DoesNotHold([(one.intact, one.ours, one.unchanged) for one in found])
        return complete


SIGNATURES.add("demo", DemoAuthority())
