"""Pages of money owed and paid. Each view: parse, one action or query, answer."""
