"""A fee on the desk and on the applicant's page: assessed with its factors, paid, handed on by whoever may."""

from datetime import timedelta

import pytest
from django.test import Client

from city.billing.models import Bill
from city.cases import actions
from city.cases.models import Case
from city.cases.queries import case_bill
from city.kernel.queries import history_of
from city.kernel.tests.listening import deliver
from city.notices.models import Notice
from city.permits.tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _monday(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: make.AT + timedelta(hours=2))


def to_assess(desk: make.Desk, kind: str = "pemakaian_aset") -> Case:
    case = make.submitted(make.a_person("Siti Aminah"), kind=kind)
    make.registered(case, desk)
    make.reviewed(case, desk)
    make.inspected(Case.objects.get(pk=case.pk), desk)
    return Case.objects.get(pk=case.pk)


def hers(case: Case) -> Client:
    client = Client()
    client.force_login(make.an_account(case.applicant))
    return client


def desk_page(case: Case, client: Client) -> str:
    return client.get(f"/sipeci/desk/{case.pk}").content.decode()


def told(case: Case) -> list[str]:
    return list(Notice.objects.filter(person_id=case.applicant_id).order_by("at", "pk").values_list("code", flat=True))


def test_whoever_assesses_sees_each_factor_with_its_article(desk: make.Desk) -> None:
    case, assets = to_assess(desk), make.officer(desk.assets)
    shown = desk_page(case, assets)
    assert "Rp1.620.000" in shown
    assert "12 × 90 × 1500" in shown
    assert "Tarif sewa tanah daerah" in shown
    assert "Contoh, belum ditetapkan" in shown
    answer = assets.post(f"/sipeci/desk/{case.pk}/assessment", {"seen": case.version})
    bill = case_bill(case.pk)
    assert (answer.status_code, bill is not None and bill.amount) == (303, 1_620_000)
    assert desk_page(case, assets).count("Rp1.620.000") == 1


def test_others_do_not_assess(desk: make.Desk) -> None:
    case = to_assess(desk)
    for other in (desk.front, desk.works):
        answer = make.officer(other).post(f"/sipeci/desk/{case.pk}/assessment", {"seen": case.version})
        assert answer.status_code in (403, 404)
    assert not Bill.objects.exists()


def test_the_applicant_sees_the_bill_and_the_way_to_it(desk: make.Desk) -> None:
    case = to_assess(desk)
    actions.assess(case_id=case.pk, by=desk.assets, at=make.AT)
    deliver()
    bill, client = case_bill(case.pk), hers(case)
    assert bill is not None
    shown = client.get(f"/sipeci/applications/{case.pk}").content.decode()
    assert "Giliran Anda: bayar Rp1.620.000" in shown
    assert f'href="/bills/{bill.pk}"' in shown
    assert "perbaikan Anda kami terima" not in shown
    assert "case.bill" in told(case)
    assert "menunggu Anda" in client.get("/sipeci/applications/").content.decode()


def test_both_sides_see_that_it_is_paid(desk: make.Desk) -> None:
    case = make.settled(to_assess(desk), desk)
    shown = hers(case).get(f"/sipeci/applications/{case.pk}").content.decode()
    assert "Retribusi lunas" in shown
    assert "Lunas" in desk_page(case, make.officer(desk.back))
    assert "case.paid" in told(case)


def test_the_desk_sees_report_and_reminders(desk: make.Desk) -> None:
    case = make.submitted(make.a_person("Siti Aminah"), kind="pemakaian_aset")
    make.registered(case, desk)
    assert actions.remind_reviewers(make.after(4)) == 2
    deliver()
    assert "Diingatkan 1 kali" in desk_page(case, make.officer(desk.back))
    late = Notice.objects.filter(code="desk.late").values_list("person_id", flat=True)
    assert set(late) == {desk.works.person_id, desk.assets.person_id}
    shown = hers(case).get(f"/sipeci/applications/{case.pk}").content.decode()
    assert "diingatkan, kajiannya lewat waktu" in shown


def test_an_inspector_finds_the_way_from_queue_to_page(desk: make.Desk) -> None:
    case = make.submitted(make.a_person("Siti Aminah"), kind="pemakaian_aset")
    make.registered(case, desk)
    actions.review(case_id=case.pk, opinion="recommended", reason="", by=desk.works, at=make.AT)
    client = make.officer(desk.works)
    assert f"/sipeci/desk/{case.pk}?bucket=inspect" in client.get("/sipeci/desk/?bucket=inspect").content.decode()
    assert f'href="/sipeci/desk/{case.pk}/inspection"' in desk_page(case, client)


def test_what_simbg_issues_is_handed_over_and_says_it_was_played(desk: make.Desk) -> None:
    case = make.paid_for(make.a_person("Siti Aminah"), desk, kind="pbg", given=make.answers("pbg"))
    client = make.officer(desk.officer)
    assert "Simulasi, belum terverifikasi" in desk_page(case, client)
    answer = client.post(f"/sipeci/desk/{case.pk}/hand-over", {"seen": case.version})
    assert (answer.status_code, Case.objects.get(pk=case.pk).state) == (303, "handed_over")
    assert history_of("case", case.pk).filter(name="CaseHandedOver").count() == 1
    shown = hers(case).get(f"/sipeci/applications/{case.pk}").content.decode()
    assert "SIM-PBG-367208-20112026-01" in shown
    assert "belum terverifikasi" in shown
    assert "SIM-PBG" in desk_page(case, client)


def test_simbg_takes_one_recommendation_for_a_number(desk: make.Desk) -> None:
    given = make.answers("pbg")
    first = make.paid_for(make.a_person("Siti Aminah"), desk, kind="pbg", given=given)
    actions.hand_over(case_id=first.pk, by=desk.officer, at=make.AT)
    second = make.paid_for(make.a_person("Rudi Hartono"), desk, kind="pbg", given=given)
    answer = make.officer(desk.officer).post(f"/sipeci/desk/{second.pk}/hand-over", {"seen": second.version})
    assert (answer.status_code, Case.objects.get(pk=second.pk).state) == (422, "paid")
    assert "sudah menerima rekomendasi lain" in answer.content.decode()


def test_a_kind_with_a_fee_says_how_it_is_worked_out(client: Client) -> None:
    shown = client.get("/sipeci/kinds/pemakaian_aset").content.decode()
    assert "Luas (m²) × lama (hari) × tarif" in shown
    assert "/tariffs/pemakaian_aset/calculation" in shown
    assert "terbit di SIMBG" in client.get("/sipeci/kinds/pbg").content.decode()
