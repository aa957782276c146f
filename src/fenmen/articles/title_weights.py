"""What speaks for a line being the title (above 0) and against it.

Fitted on pairs of titles and other lines by experiments/pages/fit_titles.py.
"""

TITLE_WEIGHTS: dict[str, float] = {
    "opening": 1.44,
    "event": 1.27,
    "told": 0.94,
    "even halves": 0.03,
    "aside": -1.65,
    "about": -1.39,
    "dash": -1.52,
    "figures": 0.08,
    "tiny": 0.20,
    "width": -0.39,
    "place": -0.28,
    "feature: opening": -0.43,
    "feature: event": -0.93,
    "feature: place": -0.79,
    "feature: width": -0.83,
}
