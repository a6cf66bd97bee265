"""Every step of an officer's day by the buttons of the page; what cannot be done comes back with what was typed."""

from datetime import timedelta

import pytest

from city.cases import actions
from city.cases.models import Case, Correction, Decision, RequiredDocument
from city.cases.tests.make import Desk, another, mended, returned
from city.kernel.actor import Actor
from city.kernel.errors import Refusal
from city.kernel.models import EventRecord
from city.permits.tests.make_desk import NOW, an_application, desk, page_of, pressed, signed_in, text_of

__all__ = ["desk"]
DOCUMENTS = ("str", "skp", "place_letter", "ktp", "photo")


def state_of(case: Case) -> tuple[str, str]:
    now = Case.objects.get(pk=case.pk)
    return now.state, now.turn


def accepted(actor: Actor, case: Case) -> None:
    for code in DOCUMENTS:
        assert pressed(actor, case, "acceptance", document=code).status_code == 303


def test_a_file_goes_from_desk_to_desk(desk: Desk) -> None:
    case = an_application(desk)
    accepted(desk.front, case)
    for actor, verb, sent, reached in (
        (desk.front, "registration", {}, ("registered", "examine")),
        (desk.back, "examination", {}, ("technical", "review")),
        (desk.health, "review", {"opinion": "recommended", "reason": ""}, ("recommended", "draft_decision")),
        (desk.back, "decision", {"outcome": "grant"}, ("initialling", "initial_1")),
        (desk.officer, "initial", {}, ("initialling", "initial_2")),
        (desk.division, "initial", {}, ("signing", "sign")),
    ):
        response = pressed(actor, case, verb, **sent)
        assert response.status_code == 303, text_of(response)
        assert response.headers["Location"].startswith(page_of(case))
        assert state_of(case) == reached


def test_accepting_goes_on_to_the_next_document(desk: Desk) -> None:
    case = an_application(desk)
    assert pressed(desk.front, case, "acceptance", document="str").headers["Location"].endswith("?look=skp")
    assert RequiredDocument.objects.get(case=case, code="str").state == "accepted"


def test_a_return_on_the_last_day_says_what_the_answer_will_do(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    case, warning = an_application(desk, "examine"), "Tidak ada hari kerja tersisa"
    actions.mark_defect(case_id=case.pk, target="str", code="unreadable", message="Foto ulang.", by=desk.back, at=NOW)
    assert warning not in text_of(signed_in(desk.back).get(page_of(case)))
    friday, last_day = NOW + timedelta(days=4), NOW + timedelta(days=7)
    monkeypatch.setattr("django.utils.timezone.now", lambda: friday)
    assert warning not in text_of(signed_in(desk.back).get(page_of(case)))
    monkeypatch.setattr("django.utils.timezone.now", lambda: last_day)
    page = text_of(signed_in(desk.back).get(page_of(case)))
    assert warning in page
    assert "Kembalikan dengan 1 cacat" in page
    actions.send_back(case_id=case.pk, by=desk.back, at=last_day)
    mended(case, target="str", at=last_day + timedelta(days=1))
    assert actions.deem_approved(case_id=case.pk, at=last_day + timedelta(days=1, minutes=1))


def test_a_return_carries_each_defect_with_its_words(desk: Desk) -> None:
    case = an_application(desk)
    said = {"code": "unreadable", "message": "Foto ulang halaman 2.", "page": 2}
    assert pressed(desk.front, case, "defects", target="str", **said).status_code == 303
    pressed(desk.front, case, "defects", target="facility_name", code="mismatch", message="Tulis seperti di suratnya.")
    page = text_of(signed_in(desk.front).get(page_of(case)))
    assert "Kembalikan dengan 2 cacat" in page
    assert "Foto ulang halaman 2." in page
    assert pressed(desk.front, case, "return").status_code == 303
    sent = Correction.objects.get(case=case)
    assert sorted(sent.items.values_list("target", "code", "page")) == [
        ("facility_name", "mismatch", None),
        ("str", "unreadable", 2),
    ]
    assert state_of(case) == ("returned", "correct")


def test_a_mark_without_words_is_said_beside_its_field(desk: Desk) -> None:
    case = an_application(desk)
    response = pressed(desk.front, case, "defects?look=str&mark=str", target="str", code="unreadable", message="")
    assert response.status_code == 422
    assert "Tulis pesan untuk pemohon" in text_of(response)
    assert '<option value="unreadable" selected>' in text_of(response)


def test_a_mark_can_be_taken_away(desk: Desk) -> None:
    case = an_application(desk)
    pressed(desk.front, case, "defects", target="str", code="unreadable", message="Foto ulang.")
    assert pressed(desk.front, case, "defects/removal", target="str").status_code == 303
    assert "Kembalikan dengan" not in text_of(signed_in(desk.front).get(page_of(case)))


def test_complete_is_refused_while_documents_are_unseen(desk: Desk) -> None:
    case = an_application(desk)
    response = pressed(desk.front, case, "registration")
    assert response.status_code == 422
    assert "ada berkas yang belum diterima" in text_of(response)
    assert state_of(case)[1] == "verify"


def test_a_second_round_needs_a_superiors_reason(desk: Desk) -> None:
    case = mended(returned(an_application(desk), desk.front, target="ktp"), target="ktp")
    pressed(desk.front, case, "defects", target="ktp", code="unreadable", message="Masih buram.")
    assert "Putaran kedua perlu izin atasan" in text_of(signed_in(desk.front).get(page_of(case)))
    assert pressed(desk.front, case, "return").status_code == 403
    page = text_of(signed_in(desk.division).get(page_of(case)))
    assert "Alasan putaran kedua" in page
    assert "Nyatakan lengkap" not in page
    short = pressed(desk.division, case, "return", override_reason="Perlu.")
    assert short.status_code == 422
    assert "Perlu." in text_of(short)
    reason = "Foto kedua tetap tidak terbaca, pemohon sudah dihubungi."
    assert pressed(desk.division, case, "return", override_reason=reason).status_code == 303
    assert Correction.objects.get(case=case, round=2).override_by == desk.division.ref


def test_an_opinion_against_needs_its_reason(desk: Desk) -> None:
    case = an_application(desk, "review")
    response = pressed(desk.health, case, "review", opinion="not_recommended", reason="")
    assert response.status_code == 422
    assert "paling sedikit 10 huruf" in text_of(response)
    assert state_of(case)[1] == "review"
    nothing = pressed(desk.health, case, "review", reason="Sudah diperiksa semua.")
    assert "Pilih satu pendapat." in text_of(nothing)
    assert "Sudah diperiksa semua." in text_of(nothing)


def test_a_refusal_names_code_article_and_appeal(desk: Desk) -> None:
    case = an_application(desk, "draft_decision")
    page = text_of(signed_in(desk.back).get(page_of(case)))
    assert "Pasal 264" in page
    assert "keberatan" in page
    vague = pressed(desk.back, case, "decision", outcome="refuse", refusal_text="Alamatnya tidak ada.")
    assert vague.status_code == 422
    assert "Alamatnya tidak ada." in text_of(vague)
    assert pressed(desk.back, case, "decision", outcome="refuse", refusal_code="P3").status_code == 303
    decision = Decision.objects.get(case=case)
    assert (decision.outcome, decision.refusal_code) == ("refuse", "P3")
    assert decision.refusal_article


def test_a_draft_goes_back_to_its_writer_with_a_reason(desk: Desk) -> None:
    case = an_application(desk, "initial_1")
    assert pressed(desk.officer, case, "draft-return", reason="kurang").status_code == 422
    assert pressed(desk.officer, case, "draft-return", reason="Nama tempat praktik salah.").status_code == 303
    assert state_of(case) == ("drafting", "draft_decision")
    assert "Nama tempat praktik salah." in text_of(signed_in(desk.back).get(page_of(case)))


def test_of_two_officers_the_second_is_told_who_and_when(desk: Desk) -> None:
    case = an_application(desk, "draft_decision")
    seen = case.version
    assert pressed(desk.back, case, "decision", outcome="grant", seen=seen).status_code == 303
    colleague = another(desk.back, "dpmptsp.back")
    late = pressed(
        colleague, case, "decision", outcome="refuse", refusal_code="P3", refusal_text="Di luar kota.", seen=seen
    )
    assert late.status_code == 409
    assert "sudah diubah oleh Pejabat back pukul 12.00 WIB" in text_of(late)
    assert "Di bawah ini keadaan terbaru" in text_of(late)
    assert Decision.objects.get(case=case).outcome == "grant"


def test_a_double_press_is_one_step(desk: Desk) -> None:
    case = an_application(desk)
    accepted(desk.front, case)
    seen = Case.objects.get(pk=case.pk).version
    assert [pressed(desk.front, case, "registration", seen=seen).status_code for _twice in "ab"] == [303, 303]
    assert EventRecord.objects.filter(name="CaseRegistered", subject_id=case.pk).count() == 1


def test_the_signer_sees_what_is_usual_and_her_passphrase_is_never_shown_again(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = an_application(desk, "sign")
    given: dict[str, object] = {}

    def sign(**sent: object) -> None:
        given.update(sent)
        raise Refusal("signature.wrong_passphrase", "Frasa sandi salah. Coba sekali lagi.", status=422)

    monkeypatch.setattr(actions, "sign", sign)
    monkeypatch.setattr("city.permits.views.desk_page.draft_paper_of", lambda decision: type("P", (), {"pages": 1})())
    page = text_of(signed_in(desk.head).get(page_of(case)))
    assert "Keajegan" in page
    assert "Pejabat back" in page
    assert 'autocomplete="off"' in page
    response = pressed(desk.head, case, "signature", passphrase="rahasia sekali 123")
    assert (response.status_code, given["passphrase"]) == (422, "rahasia sekali 123")
    assert "Frasa sandi salah" in text_of(response)
    assert "rahasia sekali" not in text_of(response)


def test_a_reason_why_she_may_not_sign_stands_on_the_page(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def sign(**_sent: object) -> None:
        raise Refusal("case.not_signer_today", "Hari ini yang berwenang menandatangani: Plh.", status=403)

    monkeypatch.setattr(actions, "sign", sign)
    response = pressed(desk.head, an_application(desk, "sign"), "signature", passphrase="x")
    assert response.status_code == 403
    assert "Hari ini yang berwenang menandatangani: Plh." in text_of(response)


VERBS = {
    "acceptance": ("front", {"document": "ktp"}),
    "defects": ("front", {"target": "ktp", "code": "unreadable", "message": "Foto ulang."}),
    "registration": ("front", {}),
    "examination": ("back", {}),
    "review": ("health", {"opinion": "recommended", "reason": "Sudah sesuai."}),
    "decision": ("back", {"outcome": "grant"}),
    "initial": ("officer", {}),
    "signature": ("head", {"passphrase": "x"}),
}
STEPS = {
    "examination": "examine",
    "review": "review",
    "decision": "draft_decision",
    "initial": "initial_1",
    "signature": "sign",
}


# Who may do it too: both DPMPTSP offices draft, a superior may look through a file.
SHARED = {"decision": ("officer",), "acceptance": ("division",), "defects": ("division",)}


@pytest.mark.parametrize("verb", VERBS)
def test_nobody_does_anothers_step(desk: Desk, verb: str) -> None:
    case = an_application(desk, STEPS.get(verb, "verify"))
    mine, sent = VERBS[verb]
    allowed = (
        {mine}
        | ({"officer"} if verb == "decision" else set())
        | ({"division"} if verb[:5] in ("accep", "defec") else set())
    )
    for role in ("works", "health", "front", "back", "officer", "division", "head"):
        if role not in allowed:
            before = state_of(case)
            assert pressed(getattr(desk, role), case, verb, **sent).status_code in (403, 404), role
            assert state_of(case) == before


def test_a_button_needs_a_press(desk: Desk) -> None:
    assert signed_in(desk.front).get(f"{page_of(an_application(desk))}/registration").status_code == 405
