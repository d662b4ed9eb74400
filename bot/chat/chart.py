"""A series over several periods as a PNG line chart."""

from __future__ import annotations

import io
import textwrap

from bot.outcome import Answer, Found, Series


def charts(answer: Answer) -> tuple[Series, ...]:
    """The series of an answer worth drawing."""
    cards = (card for part in answer.parts if isinstance(part, Found) for card in part.cards)
    return tuple(card.series for card in cards if card.series and len(card.series.points) > 1)


def draw(series: Series) -> bytes:
    """PNG bytes. Slow (about a second the first time): call it in a thread."""
    # matplotlib takes a second to import and most answers need no chart. No pyplot: it keeps global state.
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=(8, 4.5), dpi=110, layout="constrained")
    FigureCanvasAgg(figure)
    axes = figure.subplots()
    places = range(len(series.points))
    axes.plot(places, [point.number for point in series.points], marker="o", color="#1f6f8b", linewidth=2)
    for place, point in zip(places, series.points, strict=True):
        label = point.shown.removesuffix(series.unit).strip() or point.shown
        axes.annotate(
            label,
            (place, point.number),
            textcoords="offset points",
            xytext=(0, 10),
            ha="center",
            fontsize=10,
            parse_math=False,
        )
    axes.set_title(textwrap.fill(series.subject, 70), fontsize=12, parse_math=False)
    axes.set_ylabel(series.unit, parse_math=False)
    periods = [textwrap.fill(point.period, 14) for point in series.points]
    axes.set_xticks(list(places), periods, fontsize=9, parse_math=False)
    axes.margins(x=0.12, y=0.2)
    axes.yaxis.set_major_formatter(lambda value, _: f"{value:,.10g}".translate(str.maketrans(",.", ".,")))
    axes.grid(axis="y", alpha=0.3)
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    png = io.BytesIO()
    figure.savefig(png, format="png")
    return png.getvalue()
