"""One person's way through the city a file, in a real browser, down to the rows."""
