"""What operate gives the portal: whom the demo page may name."""

from city.operate import demo
from city.portal.declare import CASTS

CASTS.add("demo", demo.accounts)
