"""A bank that does not exist: a process of its own with books of its own, speaking SNAP BI as a real one would.

It never sees the city's database. `python -m city.gateway.agencies.bank.simulator --help` starts it.
"""
