"""Who the demo page names: an upper floor puts its cast here, and the portal need not know it."""

from collections.abc import Callable

from city.kernel.registry import Registry

# Gives rows of name, part, sign-in, password.
CASTS: Registry[Callable[[], list[tuple[str, str, str, str]]]] = Registry("demo cast")
