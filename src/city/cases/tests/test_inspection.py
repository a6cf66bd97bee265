"""Two agencies and an inspector are asked at the same time; the case moves on when the last of them has answered."""

import json
from datetime import timedelta

import pytest

from city.cases import actions
from city.cases.models import Case, Inspection, InspectionPhoto, Review, State
from city.cases.queries import case_for, inspections_of, measured_in, report_of
from city.cases.tests.make import AT, Desk, another, days_after, refused
from city.cases.tests.make_paid import (
    REPORT,
    a_photo,
    advised,
    digest_shown,
    examined,
    recommended,
    reported,
    scheduled,
    the_visit,
    visited,
)
from city.kernel.errors import Refusal
from city.kernel.queries import history_of
from city.kernel.subjects import erase
from city.workflow.queries import open_tasks

pytestmark = pytest.mark.django_db


def steps_of(case: Case) -> set[str]:
    return set(open_tasks([case.pk]).values_list("name", flat=True))


def events_of(case: Case, name: str) -> list[dict[str, object]]:
    return [one.data for one in history_of("case", case.pk).filter(name=name)]


def test_everybody_is_asked_at_once(desk: Desk) -> None:
    case = examined(desk)
    assert (case.state, case.turn) == (State.TECHNICAL, "review")
    assert steps_of(case) == {"review_dinkes", "review_dpupr", "inspect"}
    assert set(Review.objects.filter(case=case).values_list("agency", "state")) == {
        ("DINKES", "requested"), ("DPUPR", "requested"),
    }  # fmt: skip
    assert (the_visit(case).agency, the_visit(case).state) == ("DPUPR", "requested")


def test_the_case_waits_for_the_last_of_them(desk: Desk) -> None:
    case = advised(examined(desk), desk)
    assert (case.state, case.turn, steps_of(case)) == (State.TECHNICAL, "inspect", {"inspect"})
    case = visited(case, desk.works)
    assert (case.state, case.turn, steps_of(case)) == (State.RECOMMENDED, "assess", {"assess"})
    signed = events_of(case, "InspectionSigned")
    assert [(one["result"], one["last"], one["turn"]) for one in signed] == [("conditional", True, "assess")]
    assert [one["last"] for one in events_of(case, "ReviewGiven")] == [False, False]


def test_a_report_that_comes_first_waits_for_the_opinions(desk: Desk) -> None:
    case = visited(examined(desk), desk.works)
    assert (case.state, case.turn) == (State.TECHNICAL, "review")
    assert (advised(case, desk).turn, events_of(case, "ReviewGiven")[-1]["last"]) == ("assess", True)


@pytest.mark.parametrize("order", [("not_recommended", "recommended"), ("recommended", "not_recommended")])
def test_one_opinion_against_leads_to_a_refusal_without_a_fee(desk: Desk, order: tuple[str, str]) -> None:
    case = visited(advised(examined(desk), desk, *order), desk.works)
    assert (case.state, case.turn, steps_of(case)) == (State.RECOMMENDED, "draft_decision", {"draft_decision"})
    with refused("case.not_recommended", 422):
        actions.draft_decision(case_id=case.pk, outcome="grant", by=desk.back, at=AT)


def test_a_place_that_does_not_fit_leads_to_a_refusal(desk: Desk) -> None:
    case = visited(advised(examined(desk), desk), desk.works, result="unfit")
    assert case.turn == "draft_decision"
    with refused("case.not_recommended", 422):
        actions.draft_decision(case_id=case.pk, outcome="grant", by=desk.back, at=AT)


def test_a_visit_is_scheduled_and_moved(desk: Desk) -> None:
    case = examined(desk)
    scheduled(case, desk.works)
    actions.schedule_inspection(case_id=case.pk, visit_at=days_after(2), by=desk.works, at=AT)
    visit = the_visit(case)
    assert (visit.state, visit.visit_at, visit.inspector_id) == ("scheduled", days_after(2), desk.works.person_id)
    assert [(one["day"], one["again"]) for one in events_of(case, "InspectionScheduled")] == [
        ("2026-11-23", False), ("2026-11-25", True),
    ]  # fmt: skip


def test_scheduling_twice_is_once(desk: Desk) -> None:
    case = examined(desk)
    scheduled(case, desk.works)
    scheduled(case, desk.works)
    assert len(events_of(case, "InspectionScheduled")) == 1


@pytest.mark.parametrize("off", [timedelta(minutes=-1), timedelta(days=61)])
def test_a_visit_lies_ahead_and_near(desk: Desk, off: timedelta) -> None:
    case = examined(desk)
    with refused("case.visit_time", 422):
        actions.schedule_inspection(case_id=case.pk, visit_at=AT + off, by=desk.works, at=AT)


def test_only_the_agency_that_inspects_does(desk: Desk) -> None:
    case = examined(desk)
    for stranger in (desk.health, desk.back):
        with refused("case.unknown", 404):
            actions.schedule_inspection(case_id=case.pk, visit_at=days_after(1), by=stranger, at=AT)
    assert case_for(desk.works, case.pk) == case


def test_nobody_there_asks_for_another_round(desk: Desk) -> None:
    case = examined(desk)
    when = scheduled(case, desk.works)
    with refused("case.visit_not_yet", 409):
        actions.note_no_show(case_id=case.pk, reason="Pagar terkunci.", by=desk.works, at=when - timedelta(minutes=1))
    with refused("case.no_reason", 422):
        actions.note_no_show(case_id=case.pk, reason="Kosong", by=desk.works, at=when)
    actions.note_no_show(case_id=case.pk, reason="Pagar terkunci, pemohon tidak datang.", by=desk.works, at=when)
    assert [(one.round, one.state) for one in inspections_of(case.pk)] == [(1, "no_show"), (2, "requested")]
    assert [one["round"] for one in events_of(case, "InspectionMissed")] == [1]
    assert steps_of(case) >= {"inspect"}
    later = when + timedelta(days=1)
    assert visited(case, desk.works, later).inspections.get(state="signed").round == 2


def test_a_report_is_kept_as_far_as_it_goes(desk: Desk) -> None:
    case = examined(desk)
    when = scheduled(case, desk.works)
    errors = actions.save_report(case_id=case.pk, typed={"check_boundary": "yes"}, by=desk.works, at=when)
    assert [one.field for one in errors] == ["check_road", "measure_area", "party", "result", "conclusion"]
    visit = the_visit(case)
    assert (visit.state, visit.report, visit.visited_at) == ("done", {"check_boundary": "yes"}, when)
    actions.save_report(case_id=case.pk, typed=REPORT, by=desk.works, at=when + timedelta(minutes=9))
    visit = the_visit(case)
    assert (visit.state, visit.result, visit.visited_at) == ("reported", "conditional", when)
    assert len(events_of(case, "InspectionMade")) == 1


def test_a_report_needs_a_visit_the_applicant_knows_of(desk: Desk) -> None:
    case = examined(desk)
    with refused("case.no_visit_day", 409):
        actions.save_report(case_id=case.pk, typed=REPORT, by=desk.works, at=AT)
    actions.schedule_inspection(case_id=case.pk, visit_at=days_after(2), by=desk.works, at=AT)
    with refused("case.visit_not_yet", 409):
        actions.save_report(case_id=case.pk, typed=REPORT, by=desk.works, at=days_after(1))


def test_what_tells_of_a_person_is_sealed_and_can_be_erased(desk: Desk) -> None:
    case = examined(desk)
    reported(case, desk.works)
    visit = the_visit(case)
    plain = json.dumps(visit.report)
    assert "D'Souza" not in plain
    assert "-6,0173" not in plain
    assert report_of(visit) == REPORT
    erase(case.applicant_id, at=AT)
    assert report_of(the_visit(case)) == visit.report


def test_the_statement_covers_every_letter_and_photo(desk: Desk) -> None:
    case = examined(desk)
    when = reported(case, desk.works)
    shown = digest_shown(case)
    actions.save_report(case_id=case.pk, typed={**REPORT, "party_remark": "Setuju."}, by=desk.works, at=when)
    with refused("case.report_changed", 409):
        actions.sign_report(case_id=case.pk, digest=shown, agreed=True, by=desk.works, at=when)
    shown = digest_shown(case)
    actions.add_photo(case_id=case.pk, file_id=a_photo(case).pk, by=desk.works, at=when)
    with refused("case.report_changed", 409):
        actions.sign_report(case_id=case.pk, digest=shown, agreed=True, by=desk.works, at=when)


def test_a_signed_report_stands(desk: Desk) -> None:
    case = visited(examined(desk), desk.works)
    visit = the_visit(case)
    assert (visit.state, visit.signed_by, len(visit.digest)) == ("signed", desk.works.ref, 64)
    assert visit.statement.startswith("Saya datang sendiri")
    assert events_of(case, "InspectionSigned")[0]["digest"] == visit.digest
    for again in (
        lambda: actions.save_report(case_id=case.pk, typed={}, by=desk.works, at=AT),
        lambda: actions.add_photo(case_id=case.pk, file_id=visit.photos.get().file_id, by=desk.works, at=AT),
        lambda: actions.remove_photo(case_id=case.pk, file_id=visit.photos.get().file_id, by=desk.works, at=AT),
    ):
        with refused("case.no_visit", 409):
            again()


def test_pressing_sign_twice_signs_once(desk: Desk) -> None:
    case = visited(examined(desk), desk.works)
    with refused("case.no_visit", 409):
        actions.sign_report(case_id=case.pk, digest="x", agreed=True, by=desk.works, at=AT)
    assert len(events_of(case, "InspectionSigned")) == 1


def test_signing_wants_statement_photo_and_every_answer(desk: Desk) -> None:
    case = examined(desk)
    when = scheduled(case, desk.works)
    actions.save_report(case_id=case.pk, typed={**REPORT, "note_road": ""}, by=desk.works, at=when)
    with pytest.raises(Refusal) as caught:
        actions.sign_report(case_id=case.pk, digest=digest_shown(case), agreed=False, by=desk.works, at=when)
    assert [one.field for one in caught.value.errors] == ["note_road", "photos", "agreed"]
    assert Inspection.objects.filter(case=case, state="signed").count() == 0


def test_who_was_not_there_does_not_sign(desk: Desk) -> None:
    case = examined(desk)
    when = reported(case, desk.works)
    colleague = another(desk.works, "dpupr.review")
    with refused("case.another_inspector", 403):
        actions.sign_report(case_id=case.pk, digest=digest_shown(case), agreed=True, by=colleague, at=when)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"latitude": ""}, "latitude"),
        ({"longitude": "-106,05"}, "longitude"),
        ({"measure_area": "dua belas"}, "measure_area"),
        ({"party_name": ""}, "party_name"),
        ({"result": "maybe"}, "result"),
        ({"conclusion": "ok"}, "conclusion"),
        ({"check_boundary": "perhaps"}, "check_boundary"),
    ],
)
def test_each_slip_is_said_beside_its_part(desk: Desk, changes: dict[str, str], field: str) -> None:
    case = examined(desk)
    when = scheduled(case, desk.works)
    errors = actions.save_report(case_id=case.pk, typed={**REPORT, **changes}, by=desk.works, at=when)
    assert [one.field for one in errors] == [field]
    assert str(errors[0].sentence)


def test_photos_are_for_their_place_and_few(desk: Desk) -> None:
    case, other = examined(desk), examined(desk)
    when = reported(case, desk.works)
    with refused("case.no_such_file", 404):
        actions.add_photo(case_id=case.pk, file_id=a_photo(other).pk, by=desk.works, at=when)
    first = actions.add_photo(case_id=case.pk, file_id=a_photo(case).pk, by=desk.works, at=when)
    assert actions.add_photo(case_id=case.pk, file_id=first.file_id, by=desk.works, at=when) == first
    with refused("case.photos_full", 422):
        actions.add_photo(case_id=case.pk, file_id=a_photo(case).pk, by=desk.works, at=when)
    actions.remove_photo(case_id=case.pk, file_id=first.file_id, by=desk.works, at=when)
    assert InspectionPhoto.objects.filter(inspection=the_visit(case)).count() == 1


def test_what_was_measured_counts_for_the_fee(desk: Desk) -> None:
    assert measured_in(recommended(desk).pk) == {"area": "12,5"}


def test_who_owes_an_opinion_is_reminded_on_record(desk: Desk) -> None:
    case = examined(desk)
    assert list(Review.objects.filter(case=case).values_list("due_on", flat=True).distinct()) == [days_after(3).date()]
    assert actions.remind_reviewers(days_after(3)) == 0
    assert actions.remind_reviewers(days_after(4, hour=22)) == 0  # Saturday 05.00 WIB
    assert actions.remind_reviewers(days_after(4)) == 2
    assert actions.remind_reviewers(days_after(4, hour=5)) == 0
    told = [(one["agency"], one["step"], one["days_late"], one["count"]) for one in events_of(case, "OpinionOverdue")]
    assert sorted(told) == [("DINKES", "review", 1, 1), ("DPUPR", "review", 1, 1)]
    actions.review(case_id=case.pk, opinion="recommended", reason="", by=desk.health, at=days_after(7))
    assert actions.remind_reviewers(days_after(7)) == 1
    assert events_of(case, "OpinionOverdue")[-1]["count"] == 2
    assert actions.remind_reviewers(days_after(8)) == 2  # the inspection's own five days are over too
    assert {one["step"] for one in events_of(case, "OpinionOverdue")} == {"review", "inspect"}


def test_an_ended_case_reminds_nobody(desk: Desk) -> None:
    case = examined(desk)
    Case.objects.filter(pk=case.pk).update(state="withdrawn", turn="", ended_at=AT)
    assert actions.remind_reviewers(days_after(4)) == 0
