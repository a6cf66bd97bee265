"""Who people are to the city: persons, organisations, offices and their holders, mandates, and how they sign in."""
