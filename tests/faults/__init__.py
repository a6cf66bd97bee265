"""What may go wrong in a running city, done to it on purpose: nothing is lost, and nothing happens twice."""
