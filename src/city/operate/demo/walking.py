"""Brings the demo city's cases to where their stories end, by the actions that people's presses call.

Each step is taken at a working day and hour of the past, in the office of whoever takes it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from city.cases import actions as cases
from city.cases.models import Case
from city.cases.queries import answers_of, case_for, corrections_of, decision_of, documents_of
from city.documents import actions as documents
from city.kernel.actor import Actor
from city.kernel.queries import working_calendar
from city.kernel.rules import WIB
from city.operate.demo import dues, stories
from city.operate.demo.cast import EVERYBODY, PASSPHRASE
from city.operate.demo.sending import all_sent
from city.operate.demo.stories import Story
from city.people.queries import actor_as, roles_of
from city.permits import actions as permits
from city.permits.queries import offer_of, permit_of_case

# The way of every case, and on which working day after it was sent, at which hour, a step is taken.
WAY = ("fill", "verify", "examine", "review", "inspect", "assess", "pay", "draft_decision", "initial_1", "initial_2",
       "sign")  # fmt: skip
WHEN = {"fill": (0, 9), "verify": (0, 11), "examine": (1, 9), "review": (2, 10), "draft_decision": (2, 14),
        "initial_1": (3, 9), "initial_2": (3, 11), "sign": (3, 14), "issued": (3, 15), "later": (4, 10)}  # fmt: skip
WHEN_PAID = {**WHEN, "review": (1, 10), "inspect": (2, 9), "assess": (3, 9), "pay": (4, 10), "draft_decision": (5, 9),
             "initial_1": (5, 10), "initial_2": (5, 11), "sign": (5, 14), "issued": (5, 15),
             "later": (6, 10)}  # fmt: skip
REVIEWERS = {
    "sip_dokter": ("hendra",),
    "surat_penelitian": ("rahmat",),
    "pemakaian_aset": ("wulan", "asep"),
    "pbg": ("asep",),
}


@dataclass(frozen=True)
class Walk:
    """One story on its way; `now` is when the demo city is loaded."""

    story: Story
    now: datetime

    def at(self, step: str) -> datetime:
        """The moment of a step: counted in working days from the day the story began, and never in the future."""
        calendar, today = working_calendar(), self.now.astimezone(WIB).date()
        when = (WHEN_PAID if self.story.kind in dues.ASSESSORS else WHEN)[step]
        days = calendar.days_between(today - timedelta(days=3 * self.story.began + 14), today) or [today]
        place = max(0, len(days) - 1 - self.story.began) + when[0]
        day = days[place] if place < len(days) else today
        return min(self.now, datetime.combine(day, time(when[1]), tzinfo=WIB))

    def actor(self, key: str, step: str) -> Actor:
        """Somebody of the cast in her office; the acting head signs as such while she is away."""
        one = EVERYBODY[key]
        roles = roles_of(one.id, self.at(step))
        own = next((role for role in roles if role.agency), None)
        return actor_as(one.id, own.value if own else "", roles)

    @property
    def case(self) -> Case:
        return case_for(self.applicant, self.story.id)

    @property
    def applicant(self) -> Actor:
        return actor_as(self.story.applicant.id, "", [])


def walk(story: Story, now: datetime) -> None:
    """Take the story on to its end. A case that has come so far already, or that somebody touched, is left alone."""
    way = Walk(story, now)
    _open(way)
    while not _has_arrived(way):
        _STEPS[way.case.turn](way)
    if story.later:
        _decide_later(way)


def _has_arrived(way: Walk) -> bool:
    case, until = way.case, way.story.until
    if case.is_final or corrections_of(case.pk) or case.turn not in _STEPS:
        return True
    return until in WAY and case.turn in WAY and WAY.index(case.turn) >= WAY.index(until)


def _open(way: Walk) -> None:
    """The draft with its answers and papers, as far as the story goes."""
    story, by, at = way.story, way.applicant, way.at("fill")
    case = cases.open_draft(case_id=story.id, kind=story.kind, applicant_id=story.applicant.id, by=by, at=at)
    if case.turn != "fill":
        return
    if not answers_of(case.pk):
        cases.save_answers(
            case_id=case.pk, answers=stories.answers_of(story, way.now.astimezone(WIB).date()), by=by, at=at
        )
    missing = [row.code for row in documents_of(case.pk) if row.file is None]
    papers = {code: stories.paper_for(story, code) for code in stories.documents_of(missing, story)}
    announced = {code: {"name": one.name, "type": one.content_type} for code, one in papers.items()}
    offers = [(offer_of(case, code, announced[code]), one.content) for code, one in papers.items()]
    for code, file_id in zip(papers, all_sent(offers, by=by), strict=True):
        cases.attach(case_id=case.pk, document=code, file_id=file_id, by=by, at=at)


def _submit(way: Walk) -> None:
    cases.submit(case_id=way.story.id, by=way.applicant, at=way.at("fill"))


def _check(way: Walk) -> None:
    """The front office looks at each paper; one story gets a return, the others are registered."""
    case_id, by, at = way.story.id, way.actor("dewi", "verify"), way.at("verify")
    returned = "place_letter" if way.story.until == "correct" else ""
    for row in documents_of(case_id):
        if row.file is not None and row.code != returned:
            cases.accept_document(case_id=case_id, document=row.code, by=by, at=at)
    if not returned:
        cases.register(case_id=case_id, by=by, at=at)
        return
    said = "Foto surat keterangan buram dan gelap, jadi tidak terbaca. Foto ulang di tempat terang, atau kirim PDF-nya."
    cases.mark_defect(case_id=case_id, target=returned, code="unreadable", message=said, by=by, at=at)
    cases.send_back(case_id=case_id, by=by, at=at)


def _examine(way: Walk) -> None:
    cases.examine(case_id=way.story.id, by=way.actor("bayu", "examine"), at=way.at("examine"))


def _review(way: Walk) -> None:
    for who in REVIEWERS[way.story.kind]:
        by = way.actor(who, "review")
        cases.review(case_id=way.story.id, opinion="recommended", reason="", by=by, at=way.at("review"))


def _draft(way: Walk) -> None:
    refused = way.story.until == "rejected"
    cases.draft_decision(
        case_id=way.story.id,
        outcome="refuse" if refused else "grant",
        refusal=cases.Grounds("R2", text="Seluruh tempat pengambilan data ada di Kabupaten Serang.")
        if refused
        else None,
        by=way.actor("bayu", "draft_decision"),
        at=way.at("draft_decision"),
    )


def _initial(who: str, step: str) -> Callable[[Walk], None]:
    def put(way: Walk) -> None:
        cases.initial_decision(case_id=way.story.id, by=way.actor(who, step), at=way.at(step))
        if way.case.turn == "sign":
            _print(way)

    return put


def _print(way: Walk) -> None:
    """What a job does in a running city; where one runs beside, it may have been quicker."""
    decision = decision_of(way.story.id)
    if decision is not None and decision.paper_id is not None:
        cases.prepare_paper(case_id=way.story.id, paper_id=decision.paper_id, at=way.at("initial_2"))


def _sign(way: Walk) -> None:
    _print(way)
    cases.sign(case_id=way.story.id, passphrase=PASSPHRASE, by=way.actor("nurlaela", "sign"), at=way.at("sign"))


def _issue(way: Walk) -> None:
    """What a job and the listeners do in a running city; where one runs beside, it may have been quicker."""
    decision, at = decision_of(way.story.id), way.at("issued")
    if decision is not None and decision.paper_id is not None:
        documents.issue_paper(paper_id=decision.paper_id, at=at)
        cases.mark_issued(case_id=way.story.id, paper_id=decision.paper_id, at=at)
        if decision.outcome == "grant":
            permits.issue(case_id=way.story.id, at=at)


_STEPS: dict[str, Callable[[Walk], None]] = {
    "fill": _submit,
    "verify": _check,
    "examine": _examine,
    "review": _review,
    **dues.STEPS,
    "draft_decision": _draft,
    "initial_1": _initial("ratna", "initial_1"),
    "initial_2": _initial("yusuf", "initial_2"),
    "sign": _sign,
    "": _issue,
}
_LATER = {
    "suspend": (
        permits.suspend,
        "Dinas Kesehatan menemukan izin operasional klinik belum diperpanjang; praktik dihentikan sampai terbit.",
    ),
    "revoke": (
        permits.revoke,
        "Dokter pindah praktik ke luar Kota Cilegon dan tempat ini sudah ditutup menurut laporan Dinas Kesehatan.",
    ),
}


def _decide_later(way: Walk) -> None:
    permit = permit_of_case(way.story.id)
    if permit is None or permit.state != "active":
        return
    verb, reason = _LATER[way.story.later]
    grounds = permits.Grounds(reason, "UU 17/2023 Pasal 312 (contoh)")
    verb(permit_id=permit.pk, grounds=grounds, by=way.actor("nurlaela", "later"), at=way.at("later"))
