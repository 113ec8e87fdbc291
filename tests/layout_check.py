"""What makes a chart unprintable, measured on the rendered page: overlap, clipping, small or pale text."""

from __future__ import annotations

from itertools import combinations

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.transforms import Bbox

SMALLEST = 7  # points
CONTRAST = 4.5  # WCAG 2 AA
SLACK = 1.0  # pixels that boxes may share: they include the fonts' own margins


def problems(figure: Figure) -> list[str]:
    """Every fault found, in words; empty for a printable page."""
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    renderer = canvas.get_renderer()
    undrawn = _undrawn(figure)
    texts = [t for t in figure.findobj(Text) if t.get_visible() and t.get_text().strip() and t not in undrawn]
    boxes = {text: _box(text, renderer) for text in texts}
    page = figure.bbox
    found = [f"too small: {t.get_text()!r}, {t.get_fontsize()} pt" for t in texts if t.get_fontsize() < SMALLEST]
    found += [
        f"clipped: {t.get_text()!r}"
        for t, b in boxes.items()
        if b.x0 < page.x0 or b.y0 < page.y0 or b.x1 > page.x1 or b.y1 > page.y1
    ]
    found += [
        f"overlap: {a.get_text()!r} and {b.get_text()!r}"
        for a, b in combinations(texts, 2)
        if _share(boxes[a], boxes[b])
    ]
    return found + _pale(canvas, texts, boxes)


def _undrawn(figure: Figure) -> set[Text]:
    """Tick labels outside the view, or of axes that are switched off: they exist, but are not drawn."""
    axises = [(axes, axis) for axes in figure.axes for axis in (axes.xaxis, axes.yaxis)]
    drawn = {tick.label1 for axes, axis in axises if axes.axison for tick in axis._update_ticks()}
    return {text for _, axis in axises for text in axis.findobj(Text)} - drawn


def _box(text: Text, renderer) -> Bbox:
    patch = text.get_bbox_patch()
    if patch is not None and to_rgb(patch.get_facecolor()) != (1, 1, 1):
        return patch.get_window_extent(renderer)
    return Text.get_window_extent(text, renderer)


def _share(a: Bbox, b: Bbox) -> bool:
    return min(a.x1, b.x1) - max(a.x0, b.x0) > SLACK and min(a.y1, b.y1) - max(a.y0, b.y0) > SLACK


def _pale(canvas: FigureCanvasAgg, texts: list[Text], boxes: dict[Text, Bbox]) -> list[str]:
    """Texts whose contrast with what lies under them is too low."""
    for text in texts:
        text.set_visible(False)
    canvas.draw()
    pixels = np.asarray(canvas.buffer_rgba())[::-1, :, :3] / 255
    for text in texts:
        text.set_visible(True)
    found = []
    for text in texts:
        patch = text.get_bbox_patch()
        x0, y0, x1, y1 = (max(0, int(v)) for v in boxes[text].extents)
        under = (
            np.median(pixels[y0 : y1 + 1, x0 : x1 + 1].reshape(-1, 3), axis=0)
            if patch is None
            else patch.get_facecolor()
        )
        ratio = contrast(to_rgb(text.get_color()), tuple(under[:3]))
        if ratio < CONTRAST:
            found.append(f"pale: {text.get_text()!r}, contrast {ratio:.1f}")
    return found


def luminance(color: tuple[float, ...]) -> float:
    """Relative luminance of an sRGB colour (WCAG 2)."""
    return float(linear(color) @ [0.2126, 0.7152, 0.0722])


def linear(color: tuple[float, ...]) -> np.ndarray:
    rgb = np.asarray(color)
    return np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)


def contrast(a: tuple[float, ...], b: tuple[float, ...]) -> float:
    dark, light = sorted((luminance(a), luminance(b)))
    return (light + 0.05) / (dark + 0.05)


def lightness(color: tuple[float, ...]) -> float:
    """CIE L*, 0 to 100: how light a colour is in grey."""
    y = luminance(color)
    return 116 * y ** (1 / 3) - 16 if y > 0.008856 else 903.3 * y
