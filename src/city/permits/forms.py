"""Shapes of input that are not a kind's own questions."""

from django import forms
from django.utils.translation import gettext_lazy as _


class Opening(forms.Form):
    """A draft is begun: the page made its id, so that two presses open one. `earlier`: an ended case to go on from."""

    case_id = forms.UUIDField(widget=forms.HiddenInput)
    kind = forms.SlugField(widget=forms.HiddenInput)
    earlier = forms.UUIDField(widget=forms.HiddenInput, required=False)


class Arrived(forms.Form):
    """A file that has arrived at the uploads process."""

    file = forms.UUIDField()


class Lookup(forms.Form):
    """Somebody at the counter, found by the KTP in her hand; why is kept on record (UU 27/2022)."""

    nik = forms.CharField(label=_("NIK"), max_length=40, widget=forms.TextInput(attrs={"inputmode": "numeric"}))
    purpose = forms.ChoiceField(
        label=_("Untuk keperluan"),
        choices=[
            ("counter.file", _("Mengajukan permohonan")),
            ("counter.help", _("Melanjutkan permohonan yang sudah ada")),
            ("counter.surrender", _("Menyerahkan izin")),
        ],
        widget=forms.RadioSelect,
        initial="counter.file",
        help_text=_("Dicatat, dan bisa dilihat orangnya."),
    )


class Surrender(forms.Form):
    """Why a holder gives her permit back, in the counter's words; what is too short is said by the action."""

    reason = forms.CharField(label=_("Alasan"), required=False, max_length=600, widget=forms.Textarea)


class Newcomer(forms.Form):
    """Somebody the city does not know yet, registered from her KTP."""

    person_id = forms.UUIDField(widget=forms.HiddenInput)
    nik = forms.CharField(label=_("NIK"), max_length=40, widget=forms.TextInput(attrs={"inputmode": "numeric"}))
    name = forms.CharField(label=_("Nama lengkap"), max_length=160, help_text=_("Persis seperti di KTP."))
    birth_date = forms.DateField(
        label=_("Tanggal lahir"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    address = forms.CharField(label=_("Alamat"), max_length=240, required=False, widget=forms.Textarea)
    phone = forms.CharField(
        label=_("Nomor telepon"), max_length=40, required=False, help_text=_("Kosongkan bila tidak punya.")
    )
