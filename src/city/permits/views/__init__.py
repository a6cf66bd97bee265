"""Sipeci's pages, one module per part of the errand. Each view: parse, one action or query, answer."""
