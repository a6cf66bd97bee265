"""What money does, pure: fees with their articles, states of a bill, interest, instalments, the bank's day."""
