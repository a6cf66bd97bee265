"""More people for a demo city, by its own actions: doctors who apply, and a colleague in each office.

Started inside the city's environment, once, before the city of a test is copied.
"""

from datetime import date

import django

django.setup()

from django.utils import timezone  # noqa: E402

from city.kernel.actor import system  # noqa: E402
from city.operate.demo import PASSWORD  # noqa: E402
from city.people import actions  # noqa: E402
from city.people.models import Person  # noqa: E402

DOCTORS = 24
COLLEAGUES = {
    "front": "dpmptsp.front",
    "back": "dpmptsp.back",
    "officer": "dpmptsp.officer",
    "reviewer": "dinkes.reviewer",
}
US, NOW = system("demo"), timezone.now()
NAMES = ("dr. O'Brien D'Ambrosio", "Sukarno", "dr. Ya’qub Ma'ruf")  # apostrophes of both kinds, one word


def _person(name: str, sign_in: str, nik: str) -> Person:
    more = actions.NewPerson(birth_date=date(1990, 1, 1), address="Jalan Contoh 1")
    person = actions.register_person(name=name, nik=nik, by=US, at=NOW, more=more)
    actions.create_account(
        person_id=person.pk, reach=actions.Reach(email=sign_in), password=PASSWORD, by=US, at=NOW, is_demo=True
    )
    return person


def main() -> None:
    for number in range(1, DOCTORS + 1):
        name = NAMES[number - 1] if number <= len(NAMES) else f"dr. Uji {chr(64 + number)}"
        _person(name, f"dokter{number}@warga.example", f"367299010190{number + 1000:04d}")
    for number, (key, office) in enumerate(COLLEAGUES.items(), 2001):
        person = _person(f"Rekan {key.title()}", f"{key}@rekan.example", f"367299010190{number:04d}")
        term = actions.Term(date(2026, 1, 2), "SK contoh")
        actions.appoint(person_id=person.pk, office_code=office, term=term, by=US, at=NOW)


if __name__ == "__main__":
    main()
