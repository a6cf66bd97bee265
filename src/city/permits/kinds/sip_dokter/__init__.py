"""SIP Dokter: lets a doctor practise at one place (UU 17/2023 art. 263)."""

from pathlib import Path

from city.permits.declare import permit_kind
from city.permits.kinds.sip_dokter.places import too_many_places

permit_kind(Path(__file__).parent, rules="v1", obstacles=too_many_places)
