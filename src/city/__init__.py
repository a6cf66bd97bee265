"""Kota Pintar: one application for a whole city. Start reading at docs/map.md."""
