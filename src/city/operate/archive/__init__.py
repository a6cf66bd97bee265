"""Saving a city and bringing it back: data leave by one door, the keys that open them by another."""
