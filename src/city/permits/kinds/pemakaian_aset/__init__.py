"""Pemakaian tanah kota: a permit to use a piece of the city's land for a while, for a retribution by area and day."""

from pathlib import Path

from city.permits.declare import permit_kind

permit_kind(Path(__file__).parent, rules="v1")
