"""Shapes of what an officer sends: marks, opinions, decisions. Faults are said beside the field, the rest is kept."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from city.cases.declare import Coded, KindSpec

OPINIONS = (
    ("recommended", _("Direkomendasikan"), _("Syarat teknis terpenuhi.")),
    ("conditional", _("Direkomendasikan dengan syarat"), _("Tulis syaratnya di bawah.")),
    ("not_recommended", _("Tidak direkomendasikan"), _("Izin tidak terbit otomatis sampai ada keputusan.")),
)
OUTCOMES = (
    ("grant", _("Kabulkan"), _("Konsep surat izin dibuat dari isian permohonan.")),
    ("refuse", _("Tolak"), _("Pilih alasan di bawah. Pasal dan hak keberatan ikut tertulis.")),
)
_WRITE = _("Tulis pesan untuk pemohon: apa yang perlu diganti atau ditambah.")
_REASON = _("Tulis alasannya, paling sedikit 10 huruf.")


class _Seen(forms.Form):
    """Which version of the case the page showed."""

    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)


class Mark(forms.Form):
    """One defect of a document or an answer."""

    target = forms.CharField(max_length=60, widget=forms.HiddenInput)
    code = forms.ChoiceField(label=_("Jenis cacat"), error_messages={"required": _("Pilih jenis cacat.")})
    message = forms.CharField(
        label=_("Pesan untuk pemohon"),
        max_length=1000,
        widget=forms.Textarea,
        error_messages={"required": _WRITE},
    )
    page = forms.IntegerField(label=_("Halaman"), required=False, min_value=1, max_value=9999)

    def __init__(self, data: Any = None, *, spec: KindSpec, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        offer(self.fields["code"], spec.defects)


class Return(_Seen):
    """Sending the marked defects; a second round carries a superior's reason."""

    override_reason = forms.CharField(
        label=_("Alasan putaran kedua"), required=False, max_length=1000, widget=forms.Textarea
    )


class Step(_Seen):
    """A step that needs nothing but the press: complete, in order, paraf."""


class Opinion(_Seen):
    """A reviewing agency's opinion with its reason."""

    opinion = forms.ChoiceField(
        label=_("Pendapat"),
        choices=[(code, label) for code, label, _note in OPINIONS],
        error_messages={"required": _("Pilih satu pendapat.")},
    )
    reason = forms.CharField(label=_("Alasan"), required=False, max_length=4000, widget=forms.Textarea)


class Draft(_Seen):
    """A draft decision: granted, or refused for a coded reason whose article may be put more exactly."""

    outcome = forms.ChoiceField(
        label=_("Keputusan"),
        choices=[(code, label) for code, label, _note in OUTCOMES],
        error_messages={"required": _("Pilih kabulkan atau tolak.")},
    )
    refusal_code = forms.ChoiceField(label=_("Alasan penolakan"), required=False)
    refusal_article = forms.CharField(label=_("Pasal lain"), required=False, max_length=160)
    refusal_text = forms.CharField(
        label=_("Penjelasan untuk pemohon"), required=False, max_length=4000, widget=forms.Textarea
    )

    def __init__(self, data: Any = None, *, spec: KindSpec, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        offer(self.fields["refusal_code"], spec.refusals)


class Why(_Seen):
    """A reason in words: for a draft sent back."""

    reason = forms.CharField(
        label=_("Alasan"),
        min_length=10,
        max_length=2000,
        widget=forms.Textarea,
        error_messages={"required": _REASON, "min_length": _REASON},
    )


class Signature(_Seen):
    """The signer's passphrase: used in this request, kept nowhere, never shown again."""

    passphrase = forms.CharField(
        label=_("Frasa sandi tanda tangan"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(render_value=False),
        error_messages={"required": _("Isi frasa sandi tanda tangan Anda.")},
    )


class Measure(forms.Form):
    """Suspending, reinstating or revoking a permit already given; what is too short is said by the action."""

    reason = forms.CharField(label=_("Alasan"), required=False, max_length=600, widget=forms.Textarea)
    article = forms.CharField(label=_("Dasar hukum"), required=False, max_length=160)


def offer(asked: forms.Field, codes: Iterable[Coded]) -> None:
    """Give a field the codes of one kind's version to choose from."""
    if isinstance(asked, forms.ChoiceField):
        asked.choices = [(one.code, str(one.label)) for one in codes]
