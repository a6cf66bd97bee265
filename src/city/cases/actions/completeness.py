"""What must be looked at before a file may go on."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from city.cases.declare import KindSpec
from city.cases.models import Case, Correction, RequiredDocument
from city.kernel.errors import FieldError, Refusal
from city.kernel.plain import fetch_all

_OPEN_MARKS = _("Masih ada cacat yang ditandai. Kembalikan ke pemohon, atau hapus tandanya.")
_NOT_SEEN = _("Belum bisa diteruskan: ada berkas yang belum diterima.")


def require_checked(case: Case, spec: KindSpec) -> None:
    """Every document accepted and no mark left. After the round was used, what is still faulty may go on, to be
    refused with its reason (code A1): without a superior nobody may ask again, and no file may be stuck.

    Raises Refusal 422 with one sentence for each document.
    """
    rounds = fetch_all(Correction, case=case.pk)
    again = any(one.sent_at is not None for one in rounds)
    draft = next((one for one in rounds if one.state == Correction.State.DRAFT), None)
    if draft is not None and not again and draft.items.exists():
        raise Refusal("case.open_marks", _OPEN_MARKS, status=422, errors=[FieldError("items", _OPEN_MARKS)])
    seen = {RequiredDocument.State.ACCEPTED, RequiredDocument.State.WAIVED}
    if again:
        seen.add(RequiredDocument.State.DEFECTIVE)
    handed_in = [row for row in fetch_all(RequiredDocument, case=case.pk) if row.file_id is not None]
    errors = [FieldError(row.code, _not_seen(spec, row.code)) for row in handed_in if row.state not in seen]
    if errors:
        raise Refusal("case.not_checked", _NOT_SEEN, status=422, errors=errors)
    if draft is not None:
        draft.state = Correction.State.CLOSED
        draft.save(update_fields=["state"])


def _not_seen(spec: KindSpec, code: str) -> str:
    return gettext("Belum diterima: %(label)s. Buka, lalu terima atau tandai cacatnya.") % {
        "label": str(spec.label_of(code))
    }
