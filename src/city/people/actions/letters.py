"""What the city writes to an address about signing in. SMS texts keep to plain letters: others cost twice the money."""

from urllib.parse import urljoin

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from city.kernel.messages import Message
from city.people.models import Account, Code


def _page(name: str) -> str:
    return urljoin(f"{settings.PUBLIC_URL}/", reverse(name))


def _to(row: Code, subject: str, body: str, kind: str) -> Message:
    return Message(
        channel=row.channel,
        to=row.address,
        subject=subject,
        body=body,
        kind=kind,
        language=row.language,
        facts={"reference": f"code:{row.pk}:{row.sent}"},
    )


def with_code(row: Code, secret: str) -> Message:
    """The code, how long it lasts, and whom never to tell it."""
    with translation.override(row.language):
        body = _(
            "Kode Kota Pintar: %(code)s. Berlaku 15 menit. Jangan beri tahu siapa pun; petugas tidak pernah memintanya."
        )
        subject = _("%(code)s adalah kode Kota Pintar Anda")
        return _to(row, subject % {"code": secret}, body % {"code": secret}, "code")


def without_code(row: Code, known: Account | None) -> Message:
    """To the owner of a typed address, when a code would open nothing: what happened and what she can do."""
    with translation.override(row.language):
        subject = _("Seseorang mengetik alamat ini di Kota Pintar")
        if row.purpose == "reset":
            body = _("Alamat ini belum punya akun Kota Pintar. Buat akun: %(page)s. Bukan Anda? Abaikan pesan ini.")
            return _to(row, subject, body % {"page": _page("account_signup")}, "notice")
        if row.purpose == "change" and known is not None and known.pk == row.account_id:
            body = _("Alamat ini sudah menjadi alamat akun Kota Pintar Anda. Tidak ada yang perlu diubah.")
            return _to(row, subject, body, "notice")
        body = _("Alamat ini sudah punya akun Kota Pintar. Masuk: %(page)s. Bukan Anda? Abaikan pesan ini.")
        return _to(row, subject, body % {"page": _page("account_login")}, "notice")


def of_change(account: Account, address: str, what: str) -> Message:
    """To an address of the account, after a change she should know of: "password" or "contact"."""
    with translation.override(account.language):
        if what == "password":
            body = _("Kata sandi akun Kota Pintar Anda baru saja diganti. Bukan Anda? Pulihkan akun: %(page)s")
        else:
            body = _("Alamat masuk akun Kota Pintar Anda baru saja diganti. Bukan Anda? Pulihkan akun: %(page)s")
        return Message(
            channel="email" if "@" in address else "sms",
            to=address,
            subject=_("Akun Kota Pintar Anda berubah"),
            body=body % {"page": _page("account_reset_password")},
            language=account.language,
        )
