"""Readings of characters. The one door to pypinyin: its phrases, 42 MB and 0.2 s at every start, stay out.

Without them a character has its commonest reading wherever it stands, which is enough to compare names,
to search by initials and to put texts in order.
"""

from __future__ import annotations

import os

# read by pypinyin when it is first imported
os.environ["PYPINYIN_NO_PHRASES"] = "true"
os.environ["PYPINYIN_NO_DICT_COPY"] = "true"

from pypinyin import lazy_pinyin
from pypinyin.constants import PINYIN_DICT

__all__ = ["PINYIN_DICT", "lazy_pinyin"]
