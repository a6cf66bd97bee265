"""What a process is, without a database: facts, conditions, the drawing and its token game."""
