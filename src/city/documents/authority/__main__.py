"""The child that reads a stranger's signatures."""

from dataclasses import asdict

from city.documents.authority.checking import CPU_SECONDS, read_signatures
from city.documents.authority.trust import Trust
from city.documents.inspection.child import asked, say, stay_within_bounds

stay_within_bounds(CPU_SECONDS)
question, pdf = asked()
found = read_signatures(pdf, Trust.from_json(question["trust"]))
say(({"signatures": [asdict(one) for one in found]}, b"", b""))
