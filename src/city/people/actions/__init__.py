"""Verbs about people: register, open an account, appoint, mandate, change, reset; each one transaction."""

from city.people.actions.account import Reach, account_at, create_account, set_preferences
from city.people.actions.appoint import Term, appoint, end_appointment, place_agency, place_office
from city.people.actions.mandate import Giver, grant_mandate, register_organisation, revoke_mandate
from city.people.actions.register import NewPerson, register_person, save_profile

__all__ = [
    "Giver",
    "NewPerson",
    "Reach",
    "Term",
    "account_at",
    "appoint",
    "create_account",
    "end_appointment",
    "grant_mandate",
    "place_agency",
    "place_office",
    "register_organisation",
    "register_person",
    "revoke_mandate",
    "save_profile",
    "set_preferences",
]
