"""Labelled examples: their schema, their checks, their splits."""
