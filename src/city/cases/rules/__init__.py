"""Pure rules of a case: which verb from which state, how time counts, what an answer must be, how numbers read."""
