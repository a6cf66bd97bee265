"""Sipeci: the city's permits, from the first question to a letter anyone can check."""
