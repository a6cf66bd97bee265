"""The demo city's cases come by the real actions to where their stories end, once."""

from datetime import datetime

import pytest
from django.utils import timezone

from city.billing.models import Bill
from city.cases.models import Case, Decision, Inspection, RequiredDocument
from city.documents.models import StoredFile
from city.kernel.checks import CHECKS
from city.kernel.keyring import ensure_keys
from city.kernel.models import EventRecord
from city.operate import demo
from city.operate.demo.cast import EVERYBODY
from city.operate.demo.crowd import crowd
from city.operate.demo.days_off import place_holidays
from city.operate.demo.place import place_cast, place_signers
from city.operate.demo.stories import Story, small_city
from city.operate.demo.walking import walk
from city.people.rules import errors_in_nik
from city.permits.models import Permit


@pytest.fixture
def empty_demo(own_city: str) -> datetime:
    """Cast, calendar and signers in place, no case yet; threads and child processes see the same rows."""
    ensure_keys()
    at = timezone.now()
    place_holidays()
    place_cast(at)
    place_signers(at)
    return at


def the_story(key: str) -> Story:
    return next(story for story in small_city() if story.key == key)


def test_stories_are_told_of_people_of_the_cast_and_end_where_a_case_can_end() -> None:
    ends = {
        "fill",
        "verify",
        "correct",
        "examine",
        "review",
        "assess",
        "pay",
        "draft_decision",
        "initial_1",
        "sign",
        "issued",
        "rejected",
    }
    for story in small_city():
        assert story.applicant.name
        assert story.until in ends
    assert len({story.id for story in small_city()}) == len(small_city())


def test_a_returned_case_waits_for_its_applicant_with_a_photo_nobody_can_read(empty_demo: datetime) -> None:
    story = the_story("raka-citangkil")
    walk(story, empty_demo)
    case = Case.objects.get(pk=story.id)
    assert (case.state, case.turn) == ("returned", "correct")
    letter = RequiredDocument.objects.get(case=case, code="place_letter")
    assert letter.state == "defective"
    card = RequiredDocument.objects.select_related("file").get(case=case, code="ktp").file
    assert card is not None
    assert card.state == "ready"
    assert card.thumbnail_id is not None
    assert card.height is not None
    assert card.width is not None
    assert card.height > card.width, "the phone lay sideways; the city turned the photo upright"


def test_walking_again_changes_nothing_even_in_a_case_somebody_played_with(empty_demo: datetime) -> None:
    story = the_story("raka-citangkil")
    walk(story, empty_demo)
    before = (EventRecord.objects.count(), StoredFile.objects.count(), Case.objects.get(pk=story.id).version)
    walk(story, timezone.now())
    assert (EventRecord.objects.count(), StoredFile.objects.count(), Case.objects.get(pk=story.id).version) == before


def test_an_issued_permit_was_signed_and_later_suspended(empty_demo: datetime) -> None:
    story = the_story("ayu-cibeber")
    walk(story, empty_demo)
    case = Case.objects.get(pk=story.id)
    assert case.state == "issued"
    assert Decision.objects.get(case=case).signer is not None
    assert Permit.objects.get(case=case).state == "suspended"
    names = list(EventRecord.objects.filter(subject_id=case.pk).order_by("pk").values_list("name", flat=True))
    assert names.index("CaseSubmitted") < names.index("CaseRegistered") < names.index("DecisionSigned")
    moments = list(EventRecord.objects.filter(subject_id=case.pk).order_by("pk").values_list("at", flat=True))
    assert moments == sorted(moments), "nothing happens before what it follows"
    assert moments[-1] <= empty_demo


def test_a_stall_waits_for_its_money_and_another_was_paid(empty_demo: datetime) -> None:
    for key, state, bill in (("sri-warung", "awaiting_payment", "open"), ("sri-kios", "issued", "settled")):
        story = the_story(key)
        walk(story, empty_demo)
        assert Case.objects.get(pk=story.id).state == state
        assert Bill.objects.get(subject_id=story.id).state == bill
        visit = Inspection.objects.get(case_id=story.id)
        assert (visit.state, visit.photos.count()) == ("signed", 2)
    assert Permit.objects.get(case_id=story.id).state == "active"
    assert [said for name, ask in CHECKS.items() for said in ask() if name.startswith(("billing:", "ledger:"))] == []


def test_a_building_of_simbg_waits_for_its_retribution(empty_demo: datetime) -> None:
    story = the_story("lim-gudang")
    walk(story, empty_demo)
    assert Case.objects.get(pk=story.id).state == "awaiting_payment"
    assert Bill.objects.get(subject_id=story.id).formula == "pbg"


def test_the_whole_city_has_other_people_with_valid_papers() -> None:
    people = {story.applicant.key: story.applicant for story in crowd()}
    assert len({one.nik for one in people.values()} | {one.nik for one in EVERYBODY.values()}) == len(people) + len(
        EVERYBODY
    )
    assert all(errors_in_nik(one.nik, born=one.born) == [] for one in people.values())
    assert len({story.id for story in [*crowd(), *small_city()]}) == len(crowd()) + len(small_city())


@pytest.mark.slow
def test_the_whole_city_is_loaded(own_city: str) -> None:
    ensure_keys()
    demo.load(True, at=timezone.now())
    assert Case.objects.count() == len(crowd()) + len(small_city())
    assert Case.objects.filter(state="issued").count() > len(crowd()) / 2
    assert Case.objects.filter(turn="review").exists()
