"""Every test's database: see city/operate/ground_for_tests.py, which the fixtures come from."""

from city.operate.ground_for_tests import django_db_setup, own_city

__all__ = ["django_db_setup", "own_city"]  # here, and not in the plugin, so that they replace pytest-django's own
