"""The city on a phone: what makes the pages installable, what is kept in the phone, and whose it is."""

# Of the installed application, by file: pixels, and whether the phone may cut it to its own shape.
ICONS: dict[str, tuple[int, bool]] = {
    "icon-192.png": (192, False),
    "icon-512.png": (512, False),
    "maskable-512.png": (512, True),
    "touch-180.png": (180, True),
}
