import pytest
from django.db import ProgrammingError, connection


def who_am_i() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        (name,) = cursor.fetchone()
    return str(name)


@pytest.mark.django_db
def test_tests_work_as_the_application() -> None:
    assert who_am_i() == "city_app"


def test_a_city_of_its_own_keeps_commits(own_city: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_database()")
        assert cursor.fetchone() == (own_city,)
    assert own_city.endswith("_own")


@pytest.mark.django_db
def test_the_application_makes_no_tables() -> None:
    refused = pytest.raises(ProgrammingError, match="permission denied for schema public")
    with connection.cursor() as cursor, refused:
        cursor.execute("CREATE TABLE mine ()")
