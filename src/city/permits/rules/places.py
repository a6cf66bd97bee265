"""The wards (kelurahan) of Cilegon by district, as forms offer them."""

DISTRICTS: dict[str, tuple[str, ...]] = {
    "Cibeber": ("Bulakan", "Cibeber", "Cikerai", "Kalitimbang", "Karangasem", "Kedaleman"),
    "Cilegon": ("Bagendung", "Bendungan", "Ciwaduk", "Ciwedus", "Ketileng"),
    "Citangkil": ("Citangkil", "Deringo", "Kebonsari", "Lebakdenok", "Samangraya", "Tamanbaru", "Warnasari"),
    "Ciwandan": ("Banjarnegara", "Gunungsugih", "Kepuh", "Kubangsari", "Randakari", "Tegalratu"),
    "Grogol": ("Gerem", "Grogol", "Kotasari", "Rawa Arum"),
    "Jombang": ("Gedong Dalem", "Jombang Wetan", "Masigit", "Panggung Rawi", "Sukmajaya"),
    "Pulomerak": ("Lebakgede", "Mekarsari", "Suralaya", "Tamansari"),
    "Purwakarta": ("Kebondalem", "Kotabumi", "Pabean", "Purwakarta", "Ramanuju", "Tegal Bunder"),
}


def wards() -> list[tuple[str, str]]:
    """(value, label) of every ward, the district behind the name; values are unique: "Cilegon/Ciwaduk"."""
    return [(f"{district}/{ward}", f"{ward}, {district}") for district, names in DISTRICTS.items() for ward in names]


CHOICES = {"kelurahan": wards}
