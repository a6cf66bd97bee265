"""Sipeci's doors in every page's frame."""

from django.utils.translation import gettext_lazy as _

from city.ui.declare import Place, places

places.add("permits", Place(_("Perizinan"), "permits-home", frozenset({"nav"}), order=20))
places.add(
    "mine", Place(_("Urusan saya"), "permits-mine", frozenset({"nav", "tabs"}), order=30, icon="mine", signed_in=True)
)
places.add("verify", Place(_("Periksa keaslian izin"), "permits-verify", frozenset({"foot"}), order=10))
places.add("track", Place(_("Lacak permohonan"), "permits-track", frozenset({"foot"}), order=20))
places.add("permits-desk", Place(_("Antrean"), "permits-desk", frozenset({"desk"}), order=10, signed_in=True))
places.add(
    "counter",
    Place(_("Loket"), "permits-counter", frozenset({"desk"}), order=20, permission="permits.counter"),
)
