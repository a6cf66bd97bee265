"""What changes the catalogue."""

from city.library.actions.importing import File, Progress, import_file, import_records

__all__ = ["File", "Progress", "import_file", "import_records"]
