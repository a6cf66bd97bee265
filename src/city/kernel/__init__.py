"""The ground: events, jobs, keys, seals, the working-day calendar and the shelves others declare on. Knows no city word."""
