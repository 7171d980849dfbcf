"""Screens: each part holds its layout, its pure figure function and its callbacks."""
