"""Figures as inline SVG, without inline styles; the numbers stand beside them in a table."""

from collections.abc import Iterable, Sequence

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


def line(
    moments: Sequence[float], values: Sequence[float], most: float, labels: tuple[str, ...] = ()
) -> Markup:
    """A line through values from 0 to `most`, each at its moment.

    `labels`: of the top, of the bottom, of the first moment and of the last.
    """
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
    bottom, right = HEIGHT - EDGE, WIDTH - EDGE
    corners = ((-10, EDGE + 8, "end"), (-10, bottom, "end"), (EDGE, HEIGHT + 18, "start"),
               (right, HEIGHT + 18, "end"))  # fmt: skip
    told = Markup("").join(
        Markup('<text x="%s" y="%s" text-anchor="%s">%s</text>') % (*corner, label)
        for corner, label in zip(corners, labels, strict=False)
    )
    return Markup(
        '<svg class="line" viewBox="-84 -12 %s %s" aria-hidden="true" focusable="false">'
        '<path class="axis" d="M%s %sV%sH%s"/><path class="grid" d="M%s %sH%s"/>'
        '<polyline points="%s"/>%s%s</svg>'
    ) % (
        WIDTH + 84, HEIGHT + 38, EDGE, EDGE, bottom, right, EDGE, EDGE, right, path, dots, told,
    )  # fmt: skip


def years(spans: Iterable[tuple[int | None, int | None]], now: int) -> Markup:
    """Bars from one year to another on an axis of decades; open where an end is unknown.

    Those that cannot be are left out.
    """
    bars = [
        (start or end or now, end or now, "part-main" if end else "part-main part-open")
        for start, end in spans
        if start is not None or end is not None
    ]
    bars = [bar for bar in bars if 1800 <= bar[0] <= bar[1] <= now + 30]
    if not bars:
        return Markup()
    left = min(1990, *(bar[0] for bar in bars)) // 10 * 10
    right = max(now, *(bar[1] for bar in bars)) + 1
    scale = WIDTH / (right - left)
    ticks = range(left, right + 1, 10 if right - left <= 70 else 50)
    marks = Markup("").join(
        Markup('<path d="M%s 26v6"/><text x="%s" y="50">%s</text>')
        % (f"{(y - left) * scale:.1f}", f"{(y - left) * scale:.1f}", y)
        for y in ticks
    )
    drawn = Markup("").join(
        Markup('<rect class="%s" x="%s" y="6" width="%s" height="14" rx="3"/>')
        % (kind, f"{(first - left) * scale:.1f}", f"{(last + 1 - first) * scale:.1f}")
        for first, last, kind in bars
    )
    return Markup(
        '<svg class="years" viewBox="-24 0 %s 52" aria-hidden="true" focusable="false">'
        '<path d="M0 26H%s"/>%s%s</svg>'
    ) % (WIDTH + 48, WIDTH, drawn, marks)
