"""Files people send, kept under a key each, and the papers the city writes, signs and can recognise again."""
