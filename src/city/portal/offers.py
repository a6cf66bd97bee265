"""What the portal puts in every page's frame: the way home, help, my data's log, the demo city's own page."""

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from city.ui.declare import Place, places

places.add("home", Place(_("Beranda"), "home", frozenset({"tabs"}), order=5, icon="home"))
places.add("services", Place(_("Layanan"), "permits-home", frozenset({"tabs"}), order=20, icon="services"))
places.add("help", Place(_("Bantuan"), "portal-help", frozenset({"nav", "tabs", "foot"}), order=90, icon="info"))
places.add("seen", Place(_("Siapa melihat data saya"), "portal-seen", frozenset({"account"}), order=30, signed_in=True))
if settings.DEMO:
    places.add("demo", Place(_("Akun dan pesan contoh"), "portal-demo", frozenset({"nav", "foot"}), order=95))
