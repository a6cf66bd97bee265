"""What a file may be, what it is, and the sentence for each way it can be turned away. Pure: no Django, no clock."""

from city.documents.rules.contents import KNOWN, SNIFF_BYTES, content_type_of, honest_name
from city.documents.rules.limits import Limits, errors_in_offer, errors_in_type
from city.documents.rules.reasons import CODES, Reason, Say, as_said, joined_types, sentence_for

__all__ = [
    "CODES",
    "KNOWN",
    "SNIFF_BYTES",
    "Limits",
    "Reason",
    "Say",
    "as_said",
    "content_type_of",
    "errors_in_offer",
    "errors_in_type",
    "honest_name",
    "joined_types",
    "sentence_for",
]
