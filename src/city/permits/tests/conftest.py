"""Fixtures of this app: keys, a desk, a doctor, the demo authority's pen."""

import pytest
from django.test import Client
from pytest_django import Settings

from city.kernel.keyring import ensure_keys
from city.people.models import Person
from city.permits.tests import make


@pytest.fixture(autouse=True)
def _demo_city(settings: Settings) -> None:
    """The demo authority signs in a demo city alone."""
    settings.DEMO = True
    ensure_keys()


@pytest.fixture
def desk(db: None) -> make.Desk:
    return make.a_desk()


@pytest.fixture
def doctor(db: None) -> Person:
    return make.a_person()


@pytest.fixture
def hers(doctor: Person) -> Client:
    """The doctor's own browser."""
    client = Client()
    client.force_login(make.an_account(doctor))
    return client


@pytest.fixture
def stranger(db: None) -> Client:
    """Somebody else's browser."""
    client = Client()
    client.force_login(make.an_account(make.a_person("Sri Wahyuni")))
    return client
