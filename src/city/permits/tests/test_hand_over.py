"""The other system's "success" is believed only once the case reads back there; silence and refusals change nothing."""

from dataclasses import dataclass

import pytest

from city.cases import actions
from city.cases.declare import ISSUERS, HandOver, IssuerRefused, IssuerSilent
from city.cases.models import Case
from city.kernel.errors import Refusal
from city.kernel.queries import history_of
from city.permits.tests import make

pytestmark = pytest.mark.django_db


@dataclass
class Wire:
    """SIMBG at the wire: `says` is raised when something is sent, `keeps` whether it can be read back."""

    says: IssuerRefused | None = None
    keeps: bool = False
    simulated: bool = True
    held: HandOver | None = None

    def hand_over(self, order: HandOver) -> str:
        if self.says is not None:
            raise self.says
        self.held = order
        return "TT-1"

    def look_up(self, reference: str) -> HandOver | None:
        return self.held if self.keeps else None


@pytest.fixture
def wire(monkeypatch: pytest.MonkeyPatch) -> Wire:
    wire = Wire()
    monkeypatch.setitem(ISSUERS._things, "SIMBG", wire)
    return wire


@pytest.fixture
def paid(desk: make.Desk) -> Case:
    return make.paid_for(make.a_person("Siti Aminah"), desk, kind="pbg", given=make.answers("pbg"))


@pytest.mark.parametrize(
    ("says", "code", "status"),
    [
        (None, "issuer.not_seen", 503),
        (IssuerSilent("diam"), "issuer.silent", 503),
        (IssuerRefused("Nomor itu tidak dikenal."), "issuer.refused", 422),
    ],
)
def test_what_cannot_be_read_back_was_not_handed_over(
    wire: Wire, paid: Case, desk: make.Desk, says: IssuerRefused | None, code: str, status: int
) -> None:
    wire.says = says
    with pytest.raises(Refusal, check=lambda refusal: (refusal.code, refusal.status) == (code, status)):
        actions.hand_over(case_id=paid.pk, by=desk.officer, at=make.AT)
    assert Case.objects.get(pk=paid.pk).state == "paid"
    assert not history_of("case", paid.pk).filter(name="CaseHandedOver").exists()


def test_sending_again_after_silence_is_safe(wire: Wire, paid: Case, desk: make.Desk) -> None:
    wire.says = IssuerSilent("diam")
    with pytest.raises(Refusal):
        actions.hand_over(case_id=paid.pk, by=desk.officer, at=make.AT)
    wire.says, wire.keeps = None, True
    actions.hand_over(case_id=paid.pk, by=desk.officer, at=make.AT)
    actions.hand_over(case_id=paid.pk, by=desk.officer, at=make.AT, seen=paid.version)
    assert history_of("case", paid.pk).filter(name="CaseHandedOver").count() == 1


def test_advice_against_is_handed_over_without_a_bill(wire: Wire, desk: make.Desk) -> None:
    wire.keeps = True
    case = make.submitted(make.a_person("Siti Aminah"), kind="pbg")
    make.registered(case, desk)
    case = make.reviewed(case, desk, "not_recommended")
    assert case.turn == "hand_over"
    actions.hand_over(case_id=case.pk, by=desk.officer, at=make.AT)
    assert wire.held is not None
    assert (wire.held.recommended, wire.held.bill_number, wire.held.amount) == (False, "", 0)


def test_only_an_office_that_hands_over_does(wire: Wire, paid: Case, desk: make.Desk) -> None:
    with pytest.raises(Refusal, check=lambda refusal: refusal.status == 403):
        actions.hand_over(case_id=paid.pk, by=desk.back, at=make.AT)
    assert wire.held is None
