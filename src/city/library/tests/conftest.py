"""A browser for the library's pages, and a catalogue that it sees too."""

from city.ui.tests.conftest import chromium, city, loop_allowed, windows

__all__ = ["chromium", "city", "loop_allowed", "windows"]
