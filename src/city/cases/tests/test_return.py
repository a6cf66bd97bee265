"""One itemised return, its answer, and the clock around them."""

from datetime import date

import pytest

from city.cases import actions, queries
from city.cases.models import Case, ClockEntry, Correction, Pause, RequiredDocument, State
from city.cases.tests.make import (
    AT,
    Desk,
    a_case,
    a_file,
    accept_all,
    days_after,
    herself,
    mended,
    refused,
    returned,
)
from city.documents.models import StoredFile
from city.kernel.errors import Refusal
from city.kernel.models import Holiday
from city.kernel.queries import history_of
from city.workflow.queries import due_times, open_tasks

pytestmark = pytest.mark.django_db
REASON = "Lampiran baru ditemukan tidak asli setelah perbaikan."


def times(case: Case) -> dict[str, str]:
    assert case.process_id is not None
    return {name: f"{due.isoformat()[:16]}" for name, due in due_times(case.process_id).items()}


def test_marks_are_the_desks_own_until_they_are_sent(desk: Desk) -> None:
    case = a_case(desk)
    actions.mark_defect(case_id=case.pk, target="ktp", code="unreadable", message="Buram.", by=desk.front, at=AT)
    actions.mark_defect(case_id=case.pk, target="ktp", code="unreadable", message="Foto ulang.", by=desk.front, at=AT)
    actions.mark_defect(case_id=case.pk, target="holder", code="other", message="Tulis gelar.", by=desk.front, at=AT)
    case.refresh_from_db()
    assert (case.state, case.version) == (State.COMPLETENESS, 5)
    assert queries.open_correction(case.pk) is None
    draft = queries.correction_draft(case.pk)
    assert draft is not None
    assert {(item.target, item.message) for item in draft.items.all()} == {
        ("ktp", "Foto ulang."),
        ("holder", "Tulis gelar."),
    }
    assert not any(moment.name == "DefectMarked" for moment in queries.timeline(case.pk))
    assert any(moment.name == "DefectMarked" for moment in queries.timeline(case.pk, internal=True))
    actions.clear_defect(case_id=case.pk, target="ktp", by=desk.front, at=AT)
    assert RequiredDocument.objects.get(case=case, code="ktp").state == "uploaded"


@pytest.mark.parametrize(
    ("target", "code", "message", "status"),
    [("ktp", "nope", "Buram.", 422), ("ktp", "other", "  ", 422), ("nope", "other", "Buram.", 404)],
)
def test_an_unclear_mark_is_refused(desk: Desk, target: str, code: str, message: str, status: int) -> None:
    case = a_case(desk)
    with pytest.raises(Refusal, check=lambda refusal: refusal.status == status):
        actions.mark_defect(case_id=case.pk, target=target, code=code, message=message, by=desk.front, at=AT)


def test_nothing_goes_back_without_a_marked_defect(desk: Desk) -> None:
    case = a_case(desk)
    with refused("case.nothing_marked", 422):
        actions.send_back(case_id=case.pk, by=desk.front, at=AT)


def test_a_return_waits_ten_working_days(desk: Desk) -> None:
    case = a_case(desk)
    back = returned(case, desk.front)
    sent = queries.open_correction(case.pk)
    assert sent is not None
    assert (back.state, back.turn, back.urgent_on) == (State.RETURNED, "correct", date(2026, 12, 7))
    assert (sent.round, sent.stage, sent.answer_by) == (1, "verify", date(2026, 12, 7))
    assert times(back) == {
        "lapse": "2026-12-07T17:00",  # 00.00 WIB after 7 December
        "remind_5": "2026-11-30T00:00",
        "remind_2": "2026-12-03T00:00",
    }
    last = history_of("case", case.pk).last()
    assert last is not None
    assert (last.name, last.data["count"], last.data["answer_by"]) == ("CaseReturned", 1, "2026-12-07")
    assert [task.name for task in open_tasks([case.pk])] == ["correct"]


def test_only_what_was_asked_can_be_changed_and_the_old_stays_beside_the_new(desk: Desk) -> None:
    case = a_case(desk)
    returned(case, desk.front)
    me = herself(case.applicant)
    before = RequiredDocument.objects.get(case=case, code="ktp").file_id
    with refused("case.not_asked", 409):
        actions.attach(case_id=case.pk, document="letter", file_id=a_file(case.applicant_id).pk, by=me, at=AT)
    actions.save_answers(case_id=case.pk, answers={"holder": "Lain"}, by=me, at=AT)
    assert queries.answers_of(case.pk)["holder"] == "Ni Luh Ayu D'Souza"
    with refused("case.not_mended", 422):
        actions.answer_correction(case_id=case.pk, by=me, at=AT)
    first = a_file(case.applicant_id)
    actions.attach(case_id=case.pk, document="ktp", file_id=first.pk, by=me, at=AT)
    actions.attach(case_id=case.pk, document="ktp", file_id=a_file(case.applicant_id).pk, by=me, at=AT)
    row = RequiredDocument.objects.get(case=case, code="ktp")
    assert (row.state, row.previous_id, row.version) == ("replaced", before, 3)
    assert not StoredFile.objects.filter(pk=first.pk).exists()
    actions.detach(case_id=case.pk, document="ktp", by=me, at=AT)
    row.refresh_from_db()
    assert (row.state, row.file_id, row.previous_id) == ("defective", before, None)
    with refused("case.not_mended", 422):
        actions.answer_correction(case_id=case.pk, by=me, at=AT)


def test_a_second_return_keeps_the_last_faulty_file_alone(desk: Desk) -> None:
    case = a_case(desk)
    first = RequiredDocument.objects.get(case=case, code="ktp").file_id
    returned(case, desk.front)
    mended(case)
    second = RequiredDocument.objects.get(case=case, code="ktp").file_id
    actions.mark_defect(case_id=case.pk, target="ktp", code="other", message="Masih buram.", by=desk.front, at=AT)
    actions.send_back(case_id=case.pk, by=desk.division, at=AT, override_reason=REASON)
    mended(case)
    row = RequiredDocument.objects.get(case=case, code="ktp")
    assert (row.previous_id, row.state) == (second, "replaced")
    assert set(StoredFile.objects.filter(pk__in=[first, second]).values_list("pk", flat=True)) == {second}


def test_an_answer_goes_back_to_the_desk_that_asked(desk: Desk) -> None:
    case = a_case(desk)
    returned(case, desk.front)
    answered = mended(case)
    assert (answered.state, answered.turn) == (State.COMPLETENESS, "verify")
    assert times(answered) == {}
    assert Correction.objects.get(case=case).state == "answered"
    accept_all(case, desk.front)
    assert actions.register(case_id=case.pk, by=desk.front, at=AT).state == State.REGISTERED


def test_a_second_round_needs_a_superior_with_a_reason(desk: Desk) -> None:
    case = a_case(desk)
    returned(case, desk.front)
    mended(case)
    actions.mark_defect(case_id=case.pk, target="ktp", code="other", message="Masih buram.", by=desk.front, at=AT)
    with refused("case.second_round", 403):
        actions.send_back(case_id=case.pk, by=desk.front, at=AT)
    with refused("case.no_reason", 422):
        actions.send_back(case_id=case.pk, by=desk.division, at=AT, override_reason="penting")
    back = actions.send_back(case_id=case.pk, by=desk.division, at=AT, override_reason=REASON)
    second = queries.open_correction(back.pk)
    assert second is not None
    assert (second.round, second.override_by, second.override_reason) == (2, desk.division.ref, REASON)


def test_after_the_round_a_faulty_file_may_go_on_to_be_refused(desk: Desk) -> None:
    case = a_case(desk)
    returned(case, desk.front)
    mended(case)
    actions.mark_defect(case_id=case.pk, target="ktp", code="other", message="Masih buram.", by=desk.front, at=AT)
    actions.accept_document(case_id=case.pk, document="letter", by=desk.front, at=AT)
    assert actions.register(case_id=case.pk, by=desk.front, at=AT).state == State.REGISTERED
    assert queries.correction_draft(case.pk) is None


def test_the_clock_starts_when_the_file_is_complete_and_never_again(desk: Desk) -> None:
    case = a_case(desk, State.REGISTERED)
    assert (case.day_one, case.due_on, case.sla_days) == (date(2026, 11, 24), date(2026, 11, 30), 5)
    assert times(case) == {
        "warn_3": "2026-11-26T00:00",
        "warn_4": "2026-11-27T00:00",
        "automatic": "2026-11-30T17:00",
    }
    returned(case, desk.back, at=days_after(2))
    case.refresh_from_db()
    assert (case.state, case.due_on) == (State.RETURNED, None)
    assert set(times(case)) == {"lapse", "remind_5", "remind_2"}
    clock = queries.clock(case.pk, days_after(3))
    assert clock is not None
    assert (clock.paused, clock.used, clock.left) == (True, 2, 3)
    mended(case, at=days_after(7))  # Monday 30 November: counts again from Tuesday
    case.refresh_from_db()
    assert Pause.objects.get(case=case).until_day == date(2026, 12, 1)
    assert (case.state, case.turn) == (State.ADMIN_REVIEW, "examine")
    assert (case.day_one, case.due_on) == (date(2026, 11, 24), date(2026, 12, 3))
    assert list(ClockEntry.objects.filter(case=case).order_by("pk").values_list("why", "due_on")) == [
        ("registered", date(2026, 11, 30)),
        ("returned", None),
        ("answered", date(2026, 12, 3)),
    ]


def test_late_receipt_counts_as_the_next_working_day(desk: Desk) -> None:
    case = a_case(desk, State.REGISTERED, at=AT.replace(hour=8, minute=1))  # 15.01 WIB
    assert case.day_one == date(2026, 11, 25)


def test_a_file_is_not_complete_before_each_document_was_accepted(desk: Desk) -> None:
    case = a_case(desk)
    actions.accept_document(case_id=case.pk, document="ktp", by=desk.front, at=AT)
    with refused("case.not_checked", 422):
        actions.register(case_id=case.pk, by=desk.front, at=AT)
    actions.mark_defect(case_id=case.pk, target="holder", code="other", message="Gelar?", by=desk.front, at=AT)
    actions.accept_document(case_id=case.pk, document="letter", by=desk.front, at=AT)
    with refused("case.open_marks", 422):
        actions.register(case_id=case.pk, by=desk.front, at=AT)
    with refused("case.document_missing", 409):
        actions.accept_document(case_id=case.pk, document="proof", by=desk.front, at=AT)


def test_a_new_holiday_moves_what_runs(desk: Desk) -> None:
    case, other = a_case(desk, State.REGISTERED), a_case(desk)
    returned(other, desk.front)
    assert actions.follow_calendar(AT) == 2
    assert actions.follow_calendar(AT) == 0
    Holiday.objects.create(day=date(2026, 11, 26), name="Libur contoh", source="contoh")
    assert actions.follow_calendar(days_after(1)) == 2
    case.refresh_from_db()
    assert case.due_on == date(2026, 12, 1)
    assert times(case)["automatic"] == "2026-12-01T17:00"
    sent = queries.open_correction(other.pk)
    assert sent is not None
    assert sent.answer_by == date(2026, 12, 8)
    last = history_of("case", case.pk).last()
    assert last is not None
    assert (last.name, last.data["why"]) == ("ClockRecomputed", "calendar")
    clock = queries.clock(case.pk, AT)
    assert clock is not None
    assert clock.unconfirmed


def test_who_held_the_file_adds_up(desk: Desk) -> None:
    case = a_case(desk)
    returned(case, desk.front, at=days_after(1))
    mended(case, at=days_after(3))
    accept_all(case, desk.front, days_after(4))
    actions.register(case_id=case.pk, by=desk.front, at=days_after(4))
    actions.examine(case_id=case.pk, by=desk.back, at=days_after(8))
    spans = queries.holding(case.pk, days_after(9))
    assert [(span.holder, span.step, span.working_days, span.counted) for span in spans] == [
        ("DPMPTSP", "verify", 1, False),
        ("applicant", "correct", 2, False),
        ("DPMPTSP", "verify", 1, False),
        ("DPMPTSP", "examine", 2, True),
        ("DINKES", "review", 1, True),
    ]
    assert queries.holder_names(spans)["DINKES"] == "Dinas DINKES"
