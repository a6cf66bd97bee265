"""Pure rules of the look: how money, time and sizes are written, and where a line's points fall."""
