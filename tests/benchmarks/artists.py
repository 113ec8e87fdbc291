"""The floor of a chart: artists like its own, made by matplotlib alone."""

from matplotlib.figure import Figure
from matplotlib.patches import PathPatch
from matplotlib.text import Text


def again(figure: Figure) -> Figure:
    """A new figure with the texts, lines, patches and collections of another."""
    old, new = figure.axes[0], Figure(figsize=figure.get_size_inches())
    axes = new.add_axes(old.get_position())
    axes.set(xscale=old.get_xscale(), xlim=old.get_xlim(), ylim=old.get_ylim())
    for text in figure.texts:
        new.text(*text.get_position(), text.get_text(), transform=new.dpi_scale_trans, **look(text))
    for text in old.texts:
        place = {"xy": getattr(text, "xy", (0, 0)), "xycoords": getattr(text, "xycoords", "axes fraction")}
        axes.annotate(text.get_text(), xytext=text.get_position(), textcoords="offset points", **place, **look(text))
    for line in old.lines:
        axes.plot(*line.get_data(), color=line.get_color(), linewidth=line.get_linewidth(), marker=line.get_marker(),
                  markersize=line.get_markersize())  # fmt: skip
    for patch in old.patches:
        shape = patch.get_patch_transform() + axes.transData
        axes.add_patch(PathPatch(patch.get_path(), facecolor=patch.get_facecolor(), linewidth=patch.get_linewidth(),
                                 edgecolor=patch.get_edgecolor(), transform=shape))  # fmt: skip
    for dots in old.collections:
        axes.scatter(*dots.get_offsets().T, s=dots.get_sizes(), color=dots.get_facecolor())
    axes.set_xticks(old.get_xticks(), [label.get_text() for label in old.get_xticklabels()])
    axes.set_xlim(old.get_xlim())
    if not old.axison:
        axes.axis("off")
    return new


def look(text: Text) -> dict:
    box = text.get_bbox_patch()
    frame = {"boxstyle": box.get_boxstyle(), "facecolor": box.get_facecolor(), "edgecolor": "none"} if box else None
    return {"fontproperties": text.get_fontproperties(), "color": text.get_color(), "ha": text.get_ha(),
            "va": text.get_va(), "bbox": frame}  # fmt: skip
