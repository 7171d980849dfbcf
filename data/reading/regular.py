"""The one thing the fast reader raises."""

from __future__ import annotations


class Irregular(Exception):
    """This XML isn't written the way every spreadsheet program writes it: a careful reader must take it."""
