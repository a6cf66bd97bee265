"""What the person at the terminal is told when the city cannot do what they asked."""


class Refused(Exception):
    """One sentence for the operator: what is wrong, where, and what to do. It ends the command with status 1."""
