"""The icons of the installed application, drawn from the city's mark: `python -m city.ui.phone.icons`.

Phones ask for pixels where browsers take ui/mark.svg. A maskable icon is cut to the phone's own shape, so its ground
fills the square and the mark keeps to the middle.
"""

from pathlib import Path

from PIL import Image, ImageDraw

from city.ui.phone import ICONS

FOLDER = Path(__file__).parents[1] / "static/ui/app"
NIGHT, SUN, SNOW, SEA = (10, 53, 66), (242, 122, 65), (255, 255, 255), (143, 198, 207)
SIDE = 36  # of the mark's own drawing
FINE = 4  # drawn so many times larger and made smaller again, for smooth edges
SAFE = 0.72  # of the side: what no phone cuts off
Point = tuple[float, float]
PEAK: list[Point] = [(5, 23), (14, 10.5), (16, 10.2), (18, 11.5), (27, 23)]
WAVES: list[tuple[Point, Point]] = [((5, 26.5), (31, 26.5)), ((10, 30.5), (26, 30.5))]


def drawn(pixels: int, *, maskable: bool = False) -> Image.Image:
    """The mark, so many pixels wide."""
    large = pixels * FINE
    scale = large / SIDE * (SAFE if maskable else 1)
    edge = (large - SIDE * scale) / 2

    def at(point: Point) -> Point:
        return edge + point[0] * scale, edge + point[1] * scale

    picture = Image.new("RGBA", (large, large), NIGHT if maskable else (0, 0, 0, 0))
    pen = ImageDraw.Draw(picture)
    if not maskable:
        pen.rounded_rectangle((0, 0, large - 1, large - 1), radius=8 * scale, fill=NIGHT)
    pen.ellipse((*at((20, 8.5)), *at((29, 17.5))), fill=SUN)
    pen.polygon([at(point) for point in PEAK], fill=SNOW)
    for start, end in WAVES:
        pen.line((at(start), at(end)), fill=SEA, width=round(2 * scale))
    return picture.resize((pixels, pixels), Image.Resampling.LANCZOS)


def main() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, (pixels, maskable) in ICONS.items():
        drawn(pixels, maskable=maskable).quantize(64).save(FOLDER / name, optimize=True)


if __name__ == "__main__":
    main()
