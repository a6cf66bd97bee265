"""Opens what people sent in a process of its own: hostile pictures and PDFs meet no key, no database, little time.

`examined` is for jobs, `page_picture` for an officer's split view. The child's program is `__main__.py`.
"""

from city.documents.inspection.asking import Examined, examined, page_picture

__all__ = ["Examined", "examined", "page_picture"]
