"""The front page of the city: one question, my errands, what is new, the doors, and help."""
