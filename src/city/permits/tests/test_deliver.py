"""A phone delivers what waited in it: with its key, with its owner's mark, and in her own session alone."""

import pytest
from django.test import Client
from django.urls import reverse

from city.cases.models import Case, Delivery
from city.cases.queries import answers_of
from city.documents.actions import grant_of
from city.kernel.ids import new_id
from city.people.models import Person
from city.permits.tests import make

pytestmark = pytest.mark.django_db
JSON = {"Accept": "application/json"}


@pytest.fixture
def case(doctor: Person) -> Case:
    return make.a_draft(doctor)


def mark_of(client: Client) -> str:
    return str(client.get("/ponsel").json()["reader"])


def deliver(client: Client, case: Case, key: str, mark: str, **typed: str) -> tuple[int, dict[str, object]]:
    body = {**typed, **{f"sent-{name}": "" for name in typed}}
    headers = {**JSON, "Idempotency-Key": key, "X-Reader": mark}
    answer = client.post(reverse("permits-answers", args=[case.pk]), body, headers=headers)
    return answer.status_code, answer.json()


def test_a_delivery_arrives_once_and_an_empty_key_is_no_delivery(hers: Client, case: Case) -> None:
    key, mark = str(new_id()), mark_of(hers)
    assert deliver(hers, case, key, mark, str_number="AB 1")[0] == 200
    hers.post(reverse("permits-answers", args=[case.pk]), {"str_number": "AB 2"}, headers=JSON)
    status, told = deliver(hers, case, key, mark, str_number="AB 1")
    assert (status, told["left"]) == (200, [])
    assert answers_of(case.pk)["str_number"] == "AB 2"
    assert Delivery.objects.count() == 1
    headers = {**JSON, "Idempotency-Key": "satu"}
    assert hers.post(reverse("permits-answers", args=[case.pk]), {}, headers=headers).status_code == 400


def test_what_is_anothers_is_taken_in_nobody_elses_session(hers: Client, stranger: Client, case: Case) -> None:
    assert mark_of(hers) != mark_of(stranger) != ""
    status, told = deliver(hers, case, str(new_id()), mark_of(stranger), str_number="AB 1")
    assert (status, told["type"]) == (409, "phone.other_reader")
    assert "str_number" not in answers_of(case.pk)
    assert deliver(stranger, case, str(new_id()), mark_of(stranger), str_number="AB 1")[0] == 404


def test_the_mark_is_the_same_in_every_session_of_hers(hers: Client, doctor: Person) -> None:
    again = Client()
    again.force_login(doctor.account)
    assert mark_of(again) == mark_of(hers)


def test_a_file_that_waited_gets_a_new_ticket_for_its_place_alone(hers: Client, stranger: Client, case: Case) -> None:
    address = reverse("permits-ticket", args=[case.pk, "ktp"])
    grant = grant_of(hers.get(address).json()["ticket"], at=make.AT)
    assert grant is not None
    assert (grant.subject_id, grant.purpose) == (case.applicant_id, f"case:{case.pk}:ktp")
    assert stranger.get(address).status_code == 404
    assert hers.get(reverse("permits-ticket", args=[case.pk, "apa"])).status_code == 404


def test_a_sent_case_gives_no_ticket(hers: Client, doctor: Person) -> None:
    sent = make.submitted(doctor)
    answer = hers.get(reverse("permits-ticket", args=[sent.pk, "ktp"]), headers=JSON)
    assert (answer.status_code, answer.json()["type"]) == (409, "case.not_asked")


def test_a_file_that_arrived_is_answered_to_a_script_without_a_page(hers: Client, case: Case) -> None:
    file = make.a_file(case, "ktp")
    for _twice in range(2):
        answer = hers.post(reverse("permits-attachment", args=[case.pk, "ktp"]), {"file": str(file.pk)}, headers=JSON)
        assert answer.json() == {"file": str(file.pk)}
    assert case.documents.get(code="ktp").version == 1
