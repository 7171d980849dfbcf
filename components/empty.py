"""What stands where there is nothing to show: what is missing, and what to do next."""

from __future__ import annotations

from typing import Final

from dash import html

WIDEN: Final = "请在上方去掉一个筛选"


def empty(missing: str, then: str = WIDEN, class_name: str = "empty") -> html.Div:
    """ "没有符合条件的项目;请在上方去掉一个筛选"."""
    return html.Div(f"{missing};{then}", className=class_name)
