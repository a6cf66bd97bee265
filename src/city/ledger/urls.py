"""The ledger's addresses, below /simral/."""

from django.urls import path

from city.ledger import views

urlpatterns = [
    path("ledger/trial-balance", views.trial_balance, name="ledger-trial-balance"),
    path("ledger/accounts/<str:code>", views.account, name="ledger-account"),
    path("ledger/months", views.months, name="ledger-months"),
    path("ledger/rules", views.rules, name="ledger-rules"),
    path("ledger/rules/draft", views.draft, name="ledger-rule-draft"),
    path("ledger/rules/<uuid:rule>", views.rule, name="ledger-rule"),
    path("ledger/documents/<uuid:document>", views.document, name="ledger-document"),
]
