"""Sign-in under /masuk, one's own account under /akun. Of allauth only what stands here."""

from django.urls import path

from city.people.views import account, entry, security, sign_in

urlpatterns = [
    path("masuk", sign_in.SignIn.as_view(), name="account_login"),
    path("masuk/keluar", sign_in.SignOut.as_view(), name="account_logout"),
    path("masuk/daftar", entry.sign_up, name="account_signup"),
    path("masuk/lupa", entry.reset, name="account_reset_password"),
    path("masuk/kode", entry.code, name="account-code"),
    path("masuk/kode/lagi", entry.code_again, name="account-code-again"),
    path("masuk/sandi", entry.password, name="account-password"),
    path("masuk/ulang", sign_in.PasswordAgain.as_view(), name="account_reauthenticate"),
    path("masuk/ulang/kode", sign_in.SecondStepAgainView.as_view(), name="mfa_reauthenticate"),
    path("masuk/langkah-kedua", sign_in.SecondStep.as_view(), name="mfa_authenticate"),
    path("akun/", account.profile, name="account-profile"),
    path("akun/pesan", account.preferences, name="account-preferences"),
    path("akun/persona", account.persona, name="account-persona"),
    path("akun/surel", account.contact, {"part": "email"}, name="account-email"),
    path("akun/telepon", account.contact, {"part": "phone"}, name="account-phone"),
    path("akun/keamanan", security.Security.as_view(), name="mfa_index"),
    path("akun/keamanan/sandi", security.NewPassword.as_view(), name="account_change_password"),
    path("akun/keamanan/aplikasi", security.TurnOnSecondStep.as_view(), name="mfa_activate_totp"),
    path("akun/keamanan/aplikasi/matikan", security.TurnOffSecondStep.as_view(), name="mfa_deactivate_totp"),
    path("akun/keamanan/cadangan", security.SpareCodes.as_view(), name="mfa_view_recovery_codes"),
    path("akun/keamanan/cadangan/baru", security.NewSpareCodes.as_view(), name="mfa_generate_recovery_codes"),
    path("akun/keamanan/cadangan/unduh", security.SpareCodesFile.as_view(), name="mfa_download_recovery_codes"),
    path("akun/keamanan/perangkat", security.Devices.as_view(), name="usersessions_list"),
]
