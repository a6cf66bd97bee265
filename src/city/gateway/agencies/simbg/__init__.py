"""SIMBG, the national system for buildings (PP 16/2021): the city hands it recommendations; only a simulator so far."""

from city.cases.declare import ISSUERS
from city.gateway.agencies.simbg.simulator import Simulator

ISSUERS.add("SIMBG", Simulator())
