"""The line on every page that says a file was sent back: put there by assets/shell.js."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from components import formats, links
from data.journal import Outcome


@dataclass(frozen=True)
class Notice:
    """The last file when it was sent back: `key` names it for "seen", `href` is the page of its reasons."""

    key: str
    words: str
    href: str


def notice(outcomes: Sequence[Outcome]) -> Notice | None:
    """The notice of these outcomes, newest first; null when the newest file was accepted.

    A file that stays in the folder and is tried again is no refusal.
    """
    last = next((outcome for outcome in outcomes if outcome.load_id), None)
    if last is None or last.accepted or last.load_id is None:
        return None
    moment = f"{formats.short_day(last.at.date())} {last.at:%H:%M}"
    return Notice(last.load_id, f"“{last.file_name}”{moment} 已退回,挂图未变。", links.load(last.load_id))
