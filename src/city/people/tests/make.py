"""The small cast of these tests."""

from datetime import UTC, date, datetime

from city.kernel.actor import system
from city.people import actions
from city.people.actions import NewPerson, Reach, Term
from city.people.models import Account, Appointment, Person

AT = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)  # Tuesday, 10.00 WIB
DAY = date(2026, 11, 24)
CITY = system("tests")
PASSWORD = "garam-laut-2026"
_next = iter(range(1, 10_000))


def a_nik() -> str:
    """A well-formed NIK of nobody (district 99)."""
    return f"367299{'010190'}{next(_next):04d}"


def a_person(name: str = "Sri Wahyuni", nik: str = "", **more: object) -> Person:
    return actions.register_person(name=name, nik=nik or a_nik(), by=CITY, at=AT, more=NewPerson(**more))  # type: ignore[arg-type]


def an_account(
    person: Person | None = None, *, email: str = "", phone: str = "", is_demo: bool = False, password: str = PASSWORD
) -> Account:
    """An account that signs in; with neither address given it gets an e-mail."""
    person = person or a_person()
    if not (email or phone):
        email = f"orang{next(_next)}@contoh.id"
    reach = Reach(email=email, phone=phone)
    return actions.create_account(person_id=person.pk, reach=reach, password=password, by=CITY, at=AT, is_demo=is_demo)


def an_office(code: str = "dpmptsp.head", title: str = "Kepala DPMPTSP", *permissions: str) -> str:
    actions.place_agency(code="DPMPTSP", name="Dinas Penanaman Modal dan Pelayanan Terpadu Satu Pintu", by=CITY)
    actions.place_office(code=code, title=title, agency="DPMPTSP", permissions=permissions, by=CITY)
    return code


def an_appointment(
    person: Person,
    office_code: str,
    *,
    kind: str = "definitive",
    from_day: date = date(2026, 1, 2),
    until: date | None = None,
) -> Appointment:
    term = Term(from_day=from_day, until_day=until, kind=kind, decree="SK 821/2026 (contoh)")
    return actions.appoint(person_id=person.pk, office_code=office_code, term=term, by=CITY, at=AT)
