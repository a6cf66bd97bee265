"""A case of any kind: form and draft, documents, clock, returns, reviews, numbers, decision."""
