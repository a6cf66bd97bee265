"""What `make check` asks: ruff, mypy, the import contracts, and the house's own rules that no shipped linter knows."""
