"""What speaks for a line being the title (above 0) and against it.

Fitted on pairs of titles and other lines by experiments/pages/fit_titles.py.
"""

TITLE_WEIGHTS: dict[str, float] = {
    "opening": 0.44,
    "event": 1.25,
    "told": 1.50,
    "even halves": -0.32,
    "aside": -1.77,
    "about": -1.21,
    "dash": -1.30,
    "figures": -0.05,
    "tiny": 0.21,
    "width": -0.86,
    "place": -0.90,
    "feature: opening": -0.10,
    "feature: event": -0.69,
    "feature: place": -0.58,
    "feature: width": -0.61,
}
