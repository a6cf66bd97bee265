"""What is owed to the city and what was paid: bills by dated tariffs, payments, refunds, the bank's day."""
