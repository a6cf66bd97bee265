"""A PostgreSQL of the city's own, for a machine without a database administrator."""
