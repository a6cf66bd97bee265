"""Kajian PBG: the city's review and retribution of a building approval, which the national system SIMBG issues."""

from pathlib import Path

from city.permits.declare import permit_kind

permit_kind(Path(__file__).parent, rules="v1")
