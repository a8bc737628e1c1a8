"""Figures as inline SVG, without inline styles; the numbers stand beside them in a table."""

from collections.abc import Sequence

from markupsafe import Markup

WIDTH, HEIGHT, EDGE = 600, 160, 8


def bar(*parts: tuple[int, str], whole: int) -> Markup:
    """A bar of parts (number and class) of a whole, one after another."""
    if whole <= 0:
        return Markup()
    drawn, start = [], 0.0
    for number, kind in parts:
        width = round(100 * number / whole, 2)
        if width:
            drawn.append(
                Markup('<rect class="%s" x="%s" width="%s" height="10"/>')
                % (kind, f"{start:g}", f"{width:g}")
            )
        start += width
    return Markup(
        '<svg class="bar" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true" '
        'focusable="false">%s</svg>'
    ) % Markup("").join(drawn)


def line(moments: Sequence[float], values: Sequence[float], most: float) -> Markup:
    """A line through values from 0 to `most`, each at its moment."""
    if len(values) < 2 or most <= 0:
        return Markup()
    first, span = moments[0], (moments[-1] - moments[0]) or 1.0
    points = [
        (EDGE + (WIDTH - 2 * EDGE) * (moment - first) / span,
         HEIGHT - EDGE - (HEIGHT - 2 * EDGE) * value / most)
        for moment, value in zip(moments, values, strict=True)
    ]  # fmt: skip
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    dots = Markup("").join(
        Markup('<circle cx="%s" cy="%s" r="4"/>') % (f"{x:.1f}", f"{y:.1f}") for x, y in points
    )
    return Markup(
        '<svg class="line" viewBox="0 0 %s %s" aria-hidden="true" focusable="false">'
        '<path class="axis" d="M%s %sV%sH%s"/><polyline points="%s"/>%s</svg>'
    ) % (WIDTH, HEIGHT, EDGE, EDGE, HEIGHT - EDGE, WIDTH - EDGE, path, dots)
