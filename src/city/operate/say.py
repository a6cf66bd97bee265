"""What the launcher says to whoever started it."""


def say(words: str) -> None:
    """At once: a file or a journal gets our line before those of the programs we start, which write beside us."""
    print(words, flush=True)
