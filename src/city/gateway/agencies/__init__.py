"""Every agency the city talks to; importing this package puts each on the shelf it serves."""

from city.gateway.agencies import bank, messaging, simbg

__all__ = ["bank", "messaging", "simbg"]
