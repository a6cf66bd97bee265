"""The holder of the signing office signs, in her own request: her passphrase is kept nowhere."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_variables

from city.cases.actions import steps
from city.cases.actions.lock import kept, locked, require_office, still_to_do
from city.cases.actions.number_decision import give_up_number, is_written, number_decision, write_again
from city.cases.actions.numbers import use_number
from city.cases.actions.obstacle import require_unobstructed
from city.cases.declare import KINDS
from city.cases.declare.powers import Power
from city.cases.events import DecisionSigned
from city.cases.models import Case, Decision
from city.cases.queries import decision_of, spec_of
from city.cases.rules import states
from city.cases.rules.clock import day_of
from city.cases.rules.numbering import year_of
from city.cases.rules.states import Verb
from city.documents import actions as documents
from city.documents.queries import paper, unsigned_papers
from city.kernel.actor import Actor, system
from city.kernel.errors import Refusal
from city.kernel.events import publish
from city.kernel.rules import WIB
from city.people.models import Appointment
from city.people.queries import head_of

CLOCK = system("clock")
REASON = "Keputusan perizinan"
_DRAFTER = gettext_lazy("Anda menyusun konsep keputusan ini, jadi pejabat lain yang harus menandatangani.")
_NOT_READY = gettext_lazy("Naskah keputusan sedang disiapkan. Tunggu beberapa detik, lalu tanda tangani lagi.")
_ANOTHER_DAY = gettext_lazy(
    "Naskah ini bertanggal atau bernama pejabat hari lain. Kami tulis ulang dengan hari ini dan nama Anda; tunggu "
    "beberapa detik, periksa, lalu tanda tangani."
)
_LAST_YEAR = gettext_lazy(
    "Nomor tahun lalu tidak dipakai lagi. Naskah sedang disiapkan dengan nomor baru; tunggu sebentar."
)


@sensitive_variables("passphrase")
def sign(*, case_id: UUID, passphrase: str, by: Actor, at: datetime, seen: int | None = None) -> Case:
    """Sign the decision. She holds the office that day (a Plh. before the definitive holder) and did not draft it.

    Three steps, so that no lock is held while a signature provider answers: look, sign, record. If the city stops in
    between, the signed paper is recorded by its own event. Raises Refusal 422 for a wrong passphrase and for a grant
    that an obstacle holds, 403, 404, 409.
    """
    decision = _to_sign(case_id, by=by, at=at, seen=seen)
    if decision is None or decision.paper_id is None:
        return Case.objects.get(pk=case_id)
    if decision.number is not None and decision.number.series.year != year_of(at):
        _number_again(case_id, by, at)
        raise Refusal("case.number_of_last_year", _LAST_YEAR)
    if write_again_if_old(case_id, at, by=by):
        raise Refusal("case.paper_of_another_day", _ANOTHER_DAY)
    documents.sign_paper(
        paper_id=decision.paper_id,
        signer_person_id=_person(by),
        passphrase=passphrase,
        reason=REASON,
        by=by,
        at=at,
    )
    return record_signature(case_id=case_id, paper_id=decision.paper_id, by=by, at=at)


def _person(by: Actor) -> UUID:
    if by.person_id is None:
        raise RuntimeError("only a person signs")
    return by.person_id


@transaction.atomic
def _number_again(case_id: UUID, by: Actor, at: datetime) -> None:
    """A number of last year is not signed this year: it becomes void, and the paper is written again."""
    case, decision = locked(case_id), decision_of(case_id)
    if decision is not None and decision.state != Decision.State.SIGNED:
        give_up_number(decision, "year_ended", by=by, at=at)
        number_decision(case, decision, spec_of(case.kind_version_id), at=at)


@transaction.atomic
def write_again_if_old(case_id: UUID, at: datetime, *, by: Actor = CLOCK) -> bool:
    """A decision bears the day on which it is signed and the name of who signs it. True when it must be read anew."""
    case, decision = locked(case_id), decision_of(case_id)
    if decision is None or case.turn != states.SIGN or decision.paper_id is None or not is_prepared(decision):
        return False
    holder, written = _holder(case, at), paper(decision.paper_id).prepared_at
    if day_of(written) == day_of(at) and (holder is None or holder.pk == decision.named_id):
        return False
    return write_again(decision, decision.paper_id, by=by, at=at)


def write_old_papers_again(at: datetime) -> int:
    """Whatever waits for a signature since an earlier day, or in another's name; returns how many. Repeatable."""
    signers = {kind.spec.decisions.signer for kind in KINDS}
    holders = [holder.pk for code in signers if (holder := head_of(code, day_of(at)))]
    midnight = at.astimezone(WIB).replace(hour=0, minute=0, second=0, microsecond=0)
    waiting = Decision.objects.filter(case__turn=states.SIGN, paper_id__in=unsigned_papers())
    old = Q(paper_id__in=unsigned_papers(before=midnight))
    stale = waiting.filter(old | Q(named=None) | ~Q(named__in=holders)).order_by("pk").values_list("case_id", flat=True)
    return sum(write_again_if_old(case_id, at) for case_id in stale)


@transaction.atomic
def _to_sign(case_id: UUID, *, by: Actor, at: datetime, seen: int | None) -> Decision | None:
    """The decision, if this actor may sign it now; None when she did already."""
    case = locked(case_id)
    require_office(case, by, Power.SIGN)
    if not still_to_do(Verb.SIGN, DecisionSigned, case, by=by, seen=seen):
        return None
    decision = decision_of(case_id)
    if decision is None:
        raise RuntimeError(f"case {case_id} is signed without a decision")
    if decision.state == Decision.State.SIGNED:
        return None
    if by.person_id == decision.drafter_id:
        raise Refusal("case.drafter_signs", _DRAFTER, status=403)
    holder = _holder(case, at)
    if holder is None or holder.pk != by.appointment_id:
        raise _not_holder(holder)
    if decision.outcome == Decision.Outcome.GRANT:
        require_unobstructed(case, at)
    if not is_prepared(decision):
        raise Refusal("case.paper_not_ready", _NOT_READY)
    return decision


def is_prepared(decision: Decision) -> bool:
    return decision.paper_id is not None and is_written(decision.paper_id)


def _holder(case: Case, at: datetime) -> Appointment | None:
    return head_of(spec_of(case.kind_version_id).decisions.signer, day_of(at))


def _not_holder(holder: Appointment | None) -> Refusal:
    if holder is None:
        said = _("Jabatan penanda tangan sedang kosong. Tunggu penunjukan Plt. atau Plh.")
    else:
        said = _("Hari ini yang berwenang menandatangani: %(title)s, %(name)s.") % {
            "title": holder.title,
            "name": holder.person.name,
        }
    return Refusal("case.not_signer_today", said, status=403)


def _signer_of(case: Case, by: Actor, at: datetime) -> Appointment:
    holder = _holder(case, at)
    if holder is None or f"person:{holder.person_id}" != by.ref:
        raise RuntimeError(f"case {case.pk} was signed by {by.ref}, who does not hold the office")
    return holder


@transaction.atomic
def record_signature(*, case_id: UUID, paper_id: UUID, by: Actor, at: datetime) -> Case:
    """Note that the paper is signed: the number is used, the step is done. Repeating changes nothing.

    A case that was ended while the signature was made keeps its end, and the paper becomes void.
    """
    case = locked(case_id)
    decision = decision_of(case_id)
    if decision is None or decision.paper_id != paper_id:
        documents.void_paper(paper_id=paper_id, by=by, at=at)
        return case
    if decision.state == Decision.State.SIGNED or decision.number is None:
        return case
    holder = _signer_of(case, by, at)
    use_number(decision.number, at=at)
    decision.state, decision.signer, decision.signed_at = Decision.State.SIGNED, holder, at
    decision.save()
    steps.done(case, case.turn, by=by, at=at, outcome="sign")
    case.turn = ""
    kept(case, at=at)
    event = DecisionSigned(
        case_id=case.pk,
        kind=case.kind,
        outcome=decision.outcome,
        number=decision.number.text,
        appointment_id=holder.pk,
    )
    publish(event, by=by, at=at)
    return case
