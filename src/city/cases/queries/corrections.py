"""What was asked back from the applicant."""

from uuid import UUID

from city.cases.models import Correction, CorrectionItem


def open_correction(case_id: UUID) -> Correction | None:
    """The return the applicant has to answer now; never one that the office is still writing."""
    sent = Correction.objects.filter(case_id=case_id, state=Correction.State.SENT)
    return sent.prefetch_related("items").first()


def correction_draft(case_id: UUID) -> Correction | None:
    """What officers have marked so far: for the desk alone."""
    draft = Correction.objects.filter(case_id=case_id, state=Correction.State.DRAFT)
    return draft.prefetch_related("items").first()


def corrections_of(case_id: UUID) -> list[Correction]:
    """Every return that was sent, oldest first."""
    sent = Correction.objects.filter(case_id=case_id, sent_at__isnull=False)
    return list(sent.order_by("round").prefetch_related("items"))


def rounds_used(case_id: UUID) -> int:
    return Correction.objects.filter(case_id=case_id, sent_at__isnull=False).count()


def items_open(correction: Correction) -> list[CorrectionItem]:
    """What of a return is not answered yet."""
    return [item for item in correction.items.order_by("pk") if not item.answered]
