"""Double entry that nobody can bend: three books, one SQL function that writes them, rules that are data."""
