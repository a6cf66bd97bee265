"""Review, draft, parafs, signature: who may, in which order, and what becomes of numbers."""

from datetime import UTC, date, datetime, timedelta

import pytest

from city.cases import actions, queries
from city.cases.actions import Grounds
from city.cases.models import Case, Decision, Number, Review, State
from city.cases.tests.conftest import Pen
from city.cases.tests.make import (
    AT,
    Desk,
    a_case,
    a_person,
    another,
    appointed,
    decided,
    deliver,
    drafted,
    herself,
    initialled,
    issue,
    refused,
    write_paper,
)
from city.documents import actions as documents
from city.documents.models import Paper
from city.kernel.actor import Actor
from city.kernel.queries import history_of
from city.workflow.queries import open_tasks

pytestmark = pytest.mark.django_db


def numbers() -> list[tuple[str, str, str]]:
    rows = Number.objects.filter(series__purpose="decision").order_by("ordinal")
    return list(rows.values_list("text", "state", "reason"))


def test_a_review_needs_its_reason_unless_it_recommends(desk: Desk) -> None:
    case = a_case(desk, State.TECHNICAL)
    with refused("case.no_opinion", 422):
        actions.review(case_id=case.pk, opinion="maybe", reason="", by=desk.health, at=AT)
    with refused("case.no_reason", 422):
        actions.review(case_id=case.pk, opinion="not_recommended", reason="tidak", by=desk.health, at=AT)
    for actor in (desk.works, desk.front, herself(case.applicant)):
        with refused("case.unknown", 404):
            actions.review(case_id=case.pk, opinion="recommended", reason="", by=actor, at=AT)
    actions.review(case_id=case.pk, opinion="conditional", reason="Pasang ventilasi.", by=desk.health, at=AT)
    given = Review.objects.get(case=case)
    assert (given.state, given.reason, given.given_by) == ("conditional", "Pasang ventilasi.", desk.health.ref)
    case.refresh_from_db()
    assert (case.state, case.turn) == (State.RECOMMENDED, "draft_decision")


def test_what_was_not_recommended_is_not_granted(desk: Desk) -> None:
    case = a_case(desk, State.TECHNICAL)
    actions.review(case_id=case.pk, opinion="not_recommended", reason="Tempat belum layak.", by=desk.health, at=AT)
    with refused("case.not_recommended", 422):
        actions.draft_decision(case_id=case.pk, outcome="grant", by=desk.back, at=AT)
    drafted(case, desk, "refuse")
    assert Decision.objects.get(case=case).outcome == "refuse"


@pytest.mark.parametrize(
    ("grounds", "field"),
    [
        (None, "refusal"),
        (Grounds("nope"), "refusal"),
        (Grounds("L1", text="Ada alasan."), "article"),
        (Grounds("L1", article="Pasal 9"), "text"),
    ],
)
def test_a_refusal_names_its_code_article_and_words(desk: Desk, grounds: Grounds | None, field: str) -> None:
    case = a_case(desk, State.RECOMMENDED)
    with refused("case.no_grounds", 422) as caught:
        actions.draft_decision(case_id=case.pk, outcome="refuse", by=desk.back, at=AT, refusal=grounds)
    assert [error.field for error in caught.value.errors] == [field]


def test_parafs_come_in_order_and_from_their_own_office(desk: Desk) -> None:
    case = a_case(desk, State.INITIALLING)
    with refused("case.not_your_turn", 403):
        actions.initial_decision(case_id=case.pk, by=desk.division, at=AT)
    with refused("actor.not_permitted", 403):
        actions.initial_decision(case_id=case.pk, by=desk.back, at=AT)
    actions.initial_decision(case_id=case.pk, by=desk.officer, at=AT, seen=case.version)
    again = actions.initial_decision(case_id=case.pk, by=desk.officer, at=AT, seen=case.version)
    assert (again.state, again.turn) == (State.INITIALLING, "initial_2")
    last = actions.initial_decision(case_id=case.pk, by=desk.division, at=AT)
    assert (last.state, last.turn) == (State.SIGNING, "sign")
    decision = Decision.objects.get(case=case)
    assert [one["office"] for one in decision.initials] == ["dpmptsp.officer", "dpmptsp.division"]
    assert numbers() == [("503/1/CTH/DPMPTSP/2026", "reserved", "")]


def test_the_paper_is_written_once_under_its_number(desk: Desk, pen: Pen) -> None:
    case = a_case(desk, State.SIGNING)
    with refused("case.paper_not_ready", 409):
        actions.sign(case_id=case.pk, passphrase="benar", by=desk.head, at=AT)
    for _ in range(3):
        write_paper(case)
    paper = Paper.objects.get()
    decision = Decision.objects.get(case=case)
    assert (paper.pk, paper.number, paper.code) == (decision.paper_id, "503/1/CTH/DPMPTSP/2026", decision.code)
    assert len(decision.code) == 12
    assert len(numbers()) == 1


def test_a_wrong_passphrase_changes_nothing(desk: Desk, pen: Pen) -> None:
    case = a_case(desk, State.SIGNING)
    write_paper(case)
    with refused("signature.passphrase", 422):
        actions.sign(case_id=case.pk, passphrase="salah", by=desk.head, at=AT)
    assert numbers() == [("503/1/CTH/DPMPTSP/2026", "reserved", "")]
    assert [task.name for task in open_tasks([case.pk])] == ["sign"]


def test_signed_twice_is_signed_once(desk: Desk, pen: Pen) -> None:
    case = a_case(desk, State.SIGNING)
    write_paper(case)
    seen = case.version
    for _ in range(2):
        actions.sign(case_id=case.pk, passphrase="benar", by=desk.head, at=AT, seen=seen)
    issue(case)
    assert actions.sign(case_id=case.pk, passphrase="benar", by=desk.head, at=AT, seen=seen).state == "issued"
    assert pen.signed == 1
    assert [one.name for one in history_of("case", case.pk)].count("DecisionSigned") == 1


def test_a_city_that_stopped_after_the_signature_records_it_by_its_event(desk: Desk, pen: Pen) -> None:
    case = a_case(desk, State.SIGNING)
    write_paper(case)
    decision = Decision.objects.get(case=case)
    assert decision.paper_id is not None
    assert desk.head.person_id is not None
    documents.sign_paper(
        paper_id=decision.paper_id,
        signer_person_id=desk.head.person_id,
        passphrase="benar",
        reason="",
        by=desk.head,
        at=AT,
    )
    assert issue(case).state == State.ISSUED
    assert [one.name for one in history_of("case", case.pk)][-2:] == ["DecisionSigned", "CaseIssued"]


def test_who_drafted_does_not_sign(desk: Desk, pen: Pen) -> None:
    case = a_case(desk, State.RECOMMENDED)
    drafter = Actor(
        ref=desk.head.ref,
        person_id=desk.head.person_id,
        appointment_id=desk.head.appointment_id,
        agency="DPMPTSP",
        permissions=frozenset({"permits.draft", "permits.sign"}),
    )
    actions.draft_decision(case_id=case.pk, outcome="grant", by=drafter, at=AT)
    initialled(case, desk)
    write_paper(case)
    with refused("case.drafter_signs", 403):
        actions.sign(case_id=case.pk, passphrase="benar", by=drafter, at=AT)


def test_only_the_holder_of_the_office_that_day_signs(desk: Desk, pen: Pen) -> None:
    case = a_case(desk, State.SIGNING)
    write_paper(case)
    acting = appointed("dpmptsp.head", a_person("Yusuf Maulana"), kind="plh", until=date(2026, 11, 30))
    with refused("case.not_signer_today", 403) as caught:
        actions.sign(case_id=case.pk, passphrase="benar", by=desk.head, at=AT)
    assert "Plh. dpmptsp.head, Yusuf Maulana" in str(caught.value.sentence)
    with refused("case.paper_of_another_day", 409):  # it was written in the name of who is away
        actions.sign(case_id=case.pk, passphrase="benar", by=acting, at=AT)
    write_paper(case)
    assert Decision.objects.get(case=case).named_id == acting.appointment_id
    actions.sign(case_id=case.pk, passphrase="benar", by=acting, at=AT)
    assert Decision.objects.get(case=case).signer_id == acting.appointment_id


def test_a_decision_bears_the_day_on_which_it_is_signed(desk: Desk, pen: Pen) -> None:
    case = a_case(desk, State.SIGNING)
    write_paper(case)
    old, tomorrow = Decision.objects.get(case=case), AT + timedelta(days=1)
    with refused("case.paper_of_another_day", 409):
        actions.sign(case_id=case.pk, passphrase="benar", by=desk.head, at=tomorrow)
    with refused("case.paper_not_ready", 409):
        actions.sign(case_id=case.pk, passphrase="benar", by=desk.head, at=tomorrow)
    assert Paper.objects.get(pk=str(old.paper_id)).state == "void"
    new = Decision.objects.get(case=case)
    assert (new.number, new.code) == (old.number, old.code)
    assert new.paper_id != old.paper_id
    write_paper(case, tomorrow)
    actions.sign(case_id=case.pk, passphrase="benar", by=desk.head, at=tomorrow)
    assert Paper.objects.get(pk=str(new.paper_id)).prepared_at == tomorrow


def test_what_was_signed_at_midnight_is_not_written_again(desk: Desk, pen: Pen) -> None:
    """The city stopped between the signature and its record: the morning finds the paper signed."""
    case = a_case(desk, State.SIGNING)
    write_paper(case)
    before = Decision.objects.get(case=case)
    assert before.paper_id is not None
    assert desk.head.person_id is not None
    documents.sign_paper(
        paper_id=before.paper_id,
        signer_person_id=desk.head.person_id,
        passphrase="benar",
        reason="-",
        by=desk.head,
        at=AT,
    )
    assert actions.write_old_papers_again(AT + timedelta(days=1)) == 0
    assert Decision.objects.get(case=case).paper_id == before.paper_id
    assert Paper.objects.get(pk=before.paper_id).state == "signed"
    actions.record_signature(case_id=case.pk, paper_id=before.paper_id, by=desk.head, at=AT)
    assert Decision.objects.get(case=case).state == "signed"


def test_the_morning_writes_what_waits_again_and_once(desk: Desk, pen: Pen) -> None:
    case, tomorrow = a_case(desk, State.SIGNING), AT + timedelta(days=1)
    write_paper(case)
    assert actions.write_old_papers_again(AT) == 0
    assert [actions.write_old_papers_again(tomorrow) for _ in "12"] == [1, 0]
    write_paper(case, tomorrow)
    assert actions.write_old_papers_again(tomorrow) == 0
    actions.sign(case_id=case.pk, passphrase="benar", by=desk.head, at=tomorrow)


def test_a_draft_sent_back_gives_its_number_up_on_record(desk: Desk, pen: Pen) -> None:
    case = a_case(desk, State.SIGNING)
    write_paper(case)
    paper = Paper.objects.get()
    with refused("case.no_reason", 422):
        actions.return_draft(case_id=case.pk, reason=" ", by=desk.head, at=AT)
    actions.return_draft(case_id=case.pk, reason="Alamat salah tulis.", by=desk.head, at=AT)
    case.refresh_from_db()
    paper.refresh_from_db()
    assert (case.state, case.turn, paper.state) == (State.DRAFTING, "draft_decision", "void")
    assert [task.name for task in open_tasks([case.pk])] == ["draft_decision"]
    drafted(case, desk)
    initialled(case, desk)
    write_paper(case)
    actions.sign(case_id=case.pk, passphrase="benar", by=desk.head, at=AT)
    assert issue(case).state == State.ISSUED
    assert numbers() == [
        ("503/1/CTH/DPMPTSP/2026", "void", "draft_returned"),
        ("503/2/CTH/DPMPTSP/2026", "used", ""),
    ]


def test_a_paraf_may_send_the_draft_back_too(desk: Desk) -> None:
    case = a_case(desk, State.INITIALLING)
    with refused("case.not_your_turn", 403):
        actions.return_draft(case_id=case.pk, reason="Bukan giliran.", by=desk.division, at=AT)
    actions.initial_decision(case_id=case.pk, by=desk.officer, at=AT)
    actions.return_draft(case_id=case.pk, reason="Masa berlaku salah.", by=desk.division, at=AT)
    decision = queries.decision_of(case.pk)
    assert decision is not None
    assert (decision.initials, decision.returned_reason) == ([], "Masa berlaku salah.")
    assert numbers() == []


def test_a_number_of_last_year_is_not_signed_this_year(desk: Desk, pen: Pen) -> None:
    case = a_case(desk, State.SIGNING)
    write_paper(case)
    january = datetime(2027, 1, 4, 3, 0, tzinfo=UTC)
    with refused("case.number_of_last_year", 409):
        actions.sign(case_id=case.pk, passphrase="benar", by=desk.head, at=january)
    write_paper(case, january)
    actions.sign(case_id=case.pk, passphrase="benar", by=desk.head, at=january)
    assert list(Number.objects.filter(series__purpose="decision").order_by("pk").values_list("text", "state")) == [
        ("503/1/CTH/DPMPTSP/2026", "void"),
        ("503/1/CTH/DPMPTSP/2027", "used"),
    ]


def test_nobody_decides_on_her_own_case(desk: Desk) -> None:
    case = a_case(desk)
    Case.objects.filter(pk=case.pk).update(applicant_id=desk.front.person_id)
    with refused("case.own_interest", 403):
        actions.register(case_id=case.pk, by=desk.front, at=AT)


def test_the_wrong_office_is_told_so(desk: Desk) -> None:
    case = a_case(desk)
    with refused("actor.not_permitted", 403):
        actions.register(case_id=case.pk, by=desk.back, at=AT)
    with refused("case.unknown", 404):
        actions.register(case_id=case.pk, by=desk.health, at=AT)


def test_a_stale_page_is_told_who_was_faster(desk: Desk) -> None:
    case = a_case(desk, State.COMPLETENESS)
    seen = case.version
    colleague = another(desk.front, "dpmptsp.front")
    actions.register(case_id=case.pk, by=desk.front, at=AT, seen=seen)
    with refused("case.stale", 409) as caught:
        actions.register(case_id=case.pk, by=colleague, at=AT, seen=seen)
    assert "Pejabat front pukul 10.00 WIB" in str(caught.value.sentence)
    assert actions.register(case_id=case.pk, by=desk.front, at=AT, seen=seen).version == seen + 1
    with refused("case.not_now", 409):
        actions.register(case_id=case.pk, by=colleague, at=AT)


def test_a_paper_told_twice_issues_once(desk: Desk, pen: Pen) -> None:
    case = decided(desk)
    decision = Decision.objects.get(case=case)
    assert decision.paper_id is not None
    actions.mark_issued(case_id=case.pk, paper_id=decision.paper_id, at=AT)
    deliver()
    assert [one.name for one in history_of("case", case.pk)].count("CaseIssued") == 1
