"""Codes, pages, words of money and the second chance after a tie."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse

from city.kernel import ids, money
from city.kernel.actor import NOBODY, Actor
from city.kernel.errors import Refusal
from city.kernel.middleware import RetryOnce
from city.kernel.models import Holiday
from city.kernel.paging import page_of
from city.kernel.registry import Registry


def test_ids_sort_by_time_and_are_version_seven() -> None:
    made = [ids.new_id() for _ in range(50)]
    assert {i.version for i in made} == {7}
    assert len(set(made)) == 50


def test_a_code_is_heard_as_it_was_printed() -> None:
    code = ids.new_code()
    assert ids.heard(ids.spoken(code).lower()) == code
    assert ids.heard(" o1i l-") == "0111"


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (0, "nol"),
        (11, "sebelas"),
        (1_000, "seribu"),
        (1_100, "seribu seratus"),
        (405_000, "empat ratus lima ribu"),
        (1_620_000, "satu juta enam ratus dua puluh ribu"),
        (2_001_000_015, "dua miliar satu juta lima belas"),
    ],
)
def test_terbilang(amount: int, words: str) -> None:
    assert money.terbilang(amount) == words


def test_a_shelf_refuses_two_things_of_one_name() -> None:
    shelf: Registry[int] = Registry("number")
    shelf.add("one", 1)
    with pytest.raises(ValueError, match="declared twice"):
        shelf.add("one", 2)


def test_an_actor_without_the_permission_is_refused() -> None:
    Actor(ref="person:1", permissions=frozenset({"lamps.light"})).require("lamps.light")
    with pytest.raises(Refusal) as refused:
        NOBODY.require("lamps.light")
    assert refused.value.status == 403


@pytest.mark.django_db
@pytest.mark.parametrize("by", [("day",), ("-day",), ("source", "day"), ("-source", "-day")])
def test_pages_by_key_show_every_row_once_in_order(by: tuple[str, ...]) -> None:
    start = date(2030, 1, 1)
    Holiday.objects.bulk_create(
        Holiday(day=start + timedelta(days=n), name="libur", source=str(n % 3)) for n in range(23)
    )
    rows = Holiday.objects.values("day", "source")
    seen: list[dict[str, Any]] = []
    key = ""
    while True:
        page = page_of(rows, by=by, after=key, size=5)
        seen += page.rows
        key = page.next_key
        if not key:
            break
    assert seen == list(rows.order_by(*by))


@pytest.mark.django_db
def test_an_unreadable_page_key_starts_at_the_beginning() -> None:
    Holiday.objects.create(day=date(2030, 1, 1), name="libur", source="x")
    assert len(page_of(Holiday.objects.values("day"), by=("day",), after="???").rows) == 1


class _Tie(Exception):
    sqlstate = "40P01"


def test_a_lost_tie_is_tried_once_more_and_no_more() -> None:
    calls: list[int] = []

    def view(request: HttpRequest) -> HttpResponse:
        calls.append(1)
        raise OperationalError from _Tie()

    with pytest.raises(OperationalError):
        RetryOnce(lambda r: HttpResponse()).process_view(HttpRequest(), view, [], {})
    assert len(calls) == 2


def test_other_database_trouble_is_not_repeated() -> None:
    calls: list[int] = []

    def view(request: HttpRequest) -> HttpResponse:
        calls.append(1)
        raise OperationalError("disk full")

    with pytest.raises(OperationalError):
        RetryOnce(lambda r: HttpResponse()).process_view(HttpRequest(), view, [], {})
    assert len(calls) == 1
