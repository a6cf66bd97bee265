"""One folder per permit kind. Adding a folder adds the kind; nothing else names it."""

from importlib import import_module
from pkgutil import iter_modules

for _kind in iter_modules(__path__):
    import_module(f"{__name__}.{_kind.name}")
