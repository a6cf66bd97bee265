"""What billing puts on the shelves of the floors below: doors of its pages, and the words of its notices."""

from city.billing.offers import doors, notices

__all__ = ["doors", "notices"]
