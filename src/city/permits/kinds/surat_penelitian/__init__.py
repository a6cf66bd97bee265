"""Surat keterangan penelitian: a letter that introduces a researcher to the city's offices."""

from pathlib import Path

from city.permits.declare import permit_kind

permit_kind(Path(__file__).parent, rules="v1")
