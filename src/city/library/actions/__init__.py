"""What changes the catalogue."""

from city.library.actions.importing import LONGEST_BATCH, Progress, import_records

__all__ = ["LONGEST_BATCH", "Progress", "import_records"]
