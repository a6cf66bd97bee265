"""Codes, pages, words of money and the second chance after a tie."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.test import Client

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


@pytest.mark.parametrize("path", ["/?q=a%00b", "/cari?q=%00", "/sipeci/track?nomor=%00", "/sipeci/verify/%00"])
@pytest.mark.django_db
def test_a_nul_in_an_address_is_answered_with_a_page(client: Client, path: str) -> None:
    assert client.get(path).status_code == 400


@pytest.mark.django_db
def test_a_nul_in_a_form_is_answered_with_a_page(client: Client) -> None:
    assert client.post("/masuk", {"login": "a\0b", "password": "x"}).status_code == 400


class _Tie(Exception):
    sqlstate = "40P01"


def answers(*moves: Exception | HttpResponse) -> Callable[[HttpRequest], HttpResponse]:
    """A city whose views do these things in turn; Django's way of asking `process_exception` is played here."""
    left = list(moves)

    def get_response(request: HttpRequest) -> HttpResponse:
        move = left.pop(0)
        if isinstance(move, HttpResponse):
            return move
        answer = retry.process_exception(request, move)
        if answer is None:
            raise move
        return answer

    retry = RetryOnce(get_response)
    return retry


def a_tie() -> OperationalError:
    error = OperationalError()
    error.__cause__ = _Tie()
    return error


def test_a_lost_tie_is_tried_once_more() -> None:
    done = HttpResponse("done")
    assert answers(a_tie(), done)(HttpRequest()) is done


def test_a_second_lost_tie_is_trouble() -> None:
    with pytest.raises(OperationalError):
        answers(a_tie(), a_tie())(HttpRequest())


def test_the_second_call_may_be_too_late() -> None:
    with pytest.raises(Refusal):
        answers(a_tie(), Refusal("case.stale", "Sudah diubah."))(HttpRequest())


def test_other_database_trouble_is_not_repeated() -> None:
    with pytest.raises(OperationalError, match="disk full"):
        answers(OperationalError("disk full"), HttpResponse("never"))(HttpRequest())
