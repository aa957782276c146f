"""How well pages are parted into articles, and how the line parser was fitted."""
