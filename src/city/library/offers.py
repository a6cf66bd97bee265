"""The library's door in every page's frame."""

from django.utils.translation import gettext_lazy as _

from city.ui.declare import Place, places

places.add("library", Place(_("Perpustakaan"), "library-home", frozenset({"nav"}), order=25, icon="book"))
