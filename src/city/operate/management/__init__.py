"""Commands that work inside Django; `city` calls them with the right role and database."""
