"""The ground: events, keys, seals, working days and the shelves others declare on. Knows no city word."""
