"""Become another program, with the environment of the city in CITY_HOME."""

import os
import sys

from city.operate.home import home

command = sys.argv[1:]
told = home().environment("bench", CITY_LOG="WARNING", BENCH_OWNER=home().address("owner"))
os.execve(command[0], command, told)  # noqa: S606 - no shell is the point
