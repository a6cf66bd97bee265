"""Verbs about people: register, open an account, appoint, mandate, change, reset; each one transaction."""

from city.people.actions.account import Reach, account_at, create_account, set_preferences
from city.people.actions.appoint import Term, appoint, end_appointment, place_agency, place_office
from city.people.actions.code import Ask, confirm_code, may_sign_in, normal_address, send_again, send_code
from city.people.actions.contact import change_contact
from city.people.actions.mandate import Giver, grant_mandate, register_organisation, revoke_mandate
from city.people.actions.password import change_password, reset_password
from city.people.actions.register import NewPerson, register_person, save_profile
from city.people.actions.sign_up import check_identity, sign_up

__all__ = [
    "Ask",
    "Giver",
    "NewPerson",
    "Reach",
    "Term",
    "account_at",
    "appoint",
    "change_contact",
    "change_password",
    "check_identity",
    "confirm_code",
    "create_account",
    "end_appointment",
    "grant_mandate",
    "may_sign_in",
    "normal_address",
    "place_agency",
    "place_office",
    "register_organisation",
    "register_person",
    "reset_password",
    "revoke_mandate",
    "save_profile",
    "send_again",
    "send_code",
    "set_preferences",
    "sign_up",
]
