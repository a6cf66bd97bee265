"""`city …` as an operator starts it, but never tired of starting again what the tests keep killing."""

import sys

from city.operate import children, cli

children.FALLS = 1_000_000

if __name__ == "__main__":
    sys.exit(cli.main(sys.argv[1:]))
