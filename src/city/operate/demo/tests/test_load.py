"""Who may sign in to the demo city, and that it exists nowhere else."""

from datetime import datetime

import pytest
from django.test import override_settings

from city.kernel.rules import WIB
from city.operate import demo
from city.people.models import Person

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=WIB)


def test_accounts_name_person_part_sign_in_and_password() -> None:
    rows = {name: (part, sign_in, password) for name, part, sign_in, password in demo.accounts()}
    assert rows["Dewi Lestari"] == (
        "Petugas Loket, DPMPTSP: memeriksa kelengkapan, melayani di loket",
        "dewi@dpmptsp.example",
        "kota-pintar-demo",
    )
    assert "Sofyan Hadi" not in rows, "he has no phone; he is served at the counter"


@pytest.mark.django_db
@override_settings(DEMO=False)
def test_a_real_city_refuses_invented_people() -> None:
    with pytest.raises(RuntimeError, match="demo city alone"):
        demo.load(at=NOW)
    assert not Person.objects.exists()
