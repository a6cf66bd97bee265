"""The city's doors to the outside: one folder per agency, each with its client and its simulator."""
