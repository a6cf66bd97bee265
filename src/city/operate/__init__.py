"""How a city is started, migrated, saved, restored and checked by the person at the terminal."""
