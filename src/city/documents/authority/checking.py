"""Reads the signatures of a PDF and asks the demo authority about each. The PDF may be anybody's."""

from dataclasses import dataclass
from io import BytesIO
from typing import Any

from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.validation import validate_pdf_signature

from city.documents.authority.trust import Trust
from city.documents.inspection.child import ask_child

PROGRAM = "city.documents.authority"
CPU_SECONDS = 10


@dataclass(frozen=True)
class Signature:
    """`intact`: the signed bytes are as they were. `ours`: the demo authority knows the signer and the time.

    `unchanged`: nothing was added after it but what proves it. `signer` is the name in the certificate, `signed_at`
    the time stamp in ISO 8601; both are empty when nothing could be read.
    """

    intact: bool = False
    ours: bool = False
    unchanged: bool = False
    signer: str = ""
    signed_at: str = ""

    @property
    def holds(self) -> bool:
        return self.intact and self.ours and self.unchanged


def signatures_of_stranger(pdf: bytes) -> list[Signature]:
    """The signatures of a file that anybody may have sent, read in a bounded process of its own."""
    answer = ask_child(PROGRAM, {"trust": Trust.of_the_demo().as_json()}, pdf)
    return [Signature(**one) for one in answer[0]["signatures"]] if answer else []


def read_signatures(pdf: bytes, trust: Trust) -> list[Signature]:
    """Every signature in the file; empty when there is none, or when it is no PDF that can be read."""
    try:
        found = PdfFileReader(BytesIO(pdf), strict=False).embedded_signatures
    except Exception:  # whatever a stranger's bytes do to the reader, it is no signature of ours
        return []
    return [_read(one, trust) for one in found]


def _read(embedded: Any, trust: Trust) -> Signature:
    try:
        status = validate_pdf_signature(embedded, trust.context(), trust.context())
    except Exception:  # as above; a broken signature is one that does not hold
        return Signature()
    stamp = status.timestamp_validity
    return Signature(
        intact=bool(status.intact and status.valid),
        ours=bool(status.trusted and stamp and stamp.intact and stamp.valid and stamp.trusted),
        unchanged=status.modification_level in (ModificationLevel.NONE, ModificationLevel.LTA_UPDATES),
        signer=str(status.signing_cert.subject.native.get("common_name", "")),
        signed_at=stamp.timestamp.isoformat() if stamp else "",
    )
