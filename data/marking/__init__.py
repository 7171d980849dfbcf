"""Marking a workbook in place: the parts of the zip edited where a finding points, all else kept as it is.

Runs in a child process of its own (child.py), because the file is untrusted; imports nothing heavy.
"""
