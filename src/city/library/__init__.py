"""The digital library: its catalogue, how records come in and go out, and how readers find a title."""
