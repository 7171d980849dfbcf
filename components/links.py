"""Addresses inside the program; every one carries the filters it was reached with."""

from __future__ import annotations

import json
from functools import lru_cache
from urllib.parse import parse_qsl, quote, unquote


def params(search: str | None) -> dict[str, str]:
    """What a query string says, name → value; of a name given twice the last, blank ones left out."""
    return dict(_params(search or ""))


# a page writes some hundred addresses, nearly all from its own
@lru_cache(256)
def _params(search: str) -> tuple[tuple[str, str], ...]:
    return tuple(parse_qsl(search.lstrip("?")))


@lru_cache(4096)
def _quoted(text: str) -> str:
    return quote(text, safe="")


def with_params(search: str | None, **changes: str | int | None) -> str:
    """The query string `search` with parameters set, or removed where null; "" when none is left."""
    given = params(search)
    for name, value in changes.items():
        if value is None:
            given.pop(name, None)
        else:
            given[name] = str(value)
    return (
        "?" + "&".join([f"{_quoted(name)}={_quoted(text)}" for name, text in given.items()]) if given else ""
    )


def parted(address: str) -> tuple[str, dict[str, str]]:
    """The path of an address and its parameters."""
    path, _, query = address.partition("?")
    return path, params(query)


def unchosen(search: str | None) -> str:
    """The query string without the row that is chosen on the wall."""
    return with_params(search, chosen=None)


def overview(search: str | None = "") -> str:
    """The overview."""
    return f"/{search or ''}"


def timeline(search: str | None = "") -> str:
    """The wall of reverse schedules."""
    return f"/timeline{search or ''}"


def leaders(search: str | None = "") -> str:
    """All leader panels."""
    return f"/leaders{search or ''}"


def leader(name: str, search: str | None = "") -> str:
    """One leader's own page."""
    return f"/leaders/{quote(name, safe='')}{search or ''}"


def projection(search: str | None = "") -> str:
    """The screens page by page on a projector."""
    return f"/projection{search or ''}"


def project(project_id: str, search: str | None = "") -> str:
    """One project's page."""
    return f"/project/{quote(project_id, safe='')}{search or ''}"


def project_at(pathname: str) -> str | None:
    """The project whose page is at this address, null for every other page."""
    head, _, number = pathname.rstrip("/").rpartition("/")
    return unquote(number) if head == "/project" and number else None


def proposal(project_id: str, search: str | None = "") -> str:
    """What is tried with a project, as a workbook to download."""
    return f"/api/projects/{quote(project_id, safe='')}/proposal.xlsx{search or ''}"


def intake() -> str:
    """The intake page."""
    return "/intake"


def draft(draft_id: str) -> str:
    """The page of one uploaded file before it is published."""
    return f"/intake/draft/{quote(draft_id, safe='')}"


def draft_action(action: str) -> str:
    """The route of something done with a draft: "<id>/publish", "<id>/answer" …"""
    return f"/api/drafts/{action}"


def draft_marked(draft_id: str) -> str:
    """The marked copy of a draft, to download."""
    return f"/api/drafts/{quote(draft_id, safe='')}/marked"


def load(load_id: str) -> str:
    """The page of one load: what was found in its file."""
    return f"/intake/load/{quote(load_id, safe='')}"


def load_file(load_id: str, marked: bool = False) -> str:
    """The file of a load as received, or its marked copy, to download."""
    return f"/api/loads/{quote(load_id, safe='')}/{'marked' if marked else 'file'}"


def history(before: str | None = None, after: str | None = None) -> str:
    """Every load, and two snapshots compared when named."""
    return f"/intake/history{with_params('', before=before, after=after)}"


def template(changes: bool = False) -> str:
    """The template filled with the wall's data, or the one for only what changed, to download."""
    return f"/api/template{with_params('', changes='true' if changes else None)}"


def remembered(decision_id: str) -> str:
    """The route of one remembered decision."""
    return f"/api/remembered/{decision_id}"


def lists(name: str | None = None, search: str | None = "") -> str:
    """All lists, or one of them."""
    return f"/lists{f'/{name}' if name else ''}{search or ''}"


def listed(name: str, search: str | None = "", **equal: str) -> str:
    """A list with only the rows that have these texts in these columns."""
    where = {
        column: {"filterType": "text", "type": "equals", "filter": text} for column, text in equal.items()
    }
    return lists(name, with_params(search, where=json.dumps(where, ensure_ascii=False)))


def list_rows(name: str) -> str:
    """The route of a list's windows."""
    return f"/api/lists/{name}"


def list_workbook(name: str) -> str:
    """A list as a workbook, to download."""
    return f"/api/lists/{name}.xlsx"


def dispatch(rhythm: str | None = None, search: str | None = "") -> str:
    """The meeting of a rhythm, by default the standard one's."""
    return f"/dispatch{f'/{rhythm}' if rhythm else ''}{search or ''}"


def promises(search: str | None = "") -> str:
    """Every promise of every meeting."""
    return f"/dispatch/promises{search or ''}"


def promises_file(kind: str) -> str:
    """Every promise as a file of this kind (xlsx, csv), to download."""
    return f"/api/promises.{kind}"


def targets(search: str | None = "") -> str:
    """Targets with forecast."""
    return f"/targets{search or ''}"


def campaigns(search: str | None = "") -> str:
    """The board of a campaign."""
    return f"/targets/campaigns{search or ''}"


def leads(search: str | None = "") -> str:
    """The funnel of investment leads."""
    return f"/targets/leads{search or ''}"


def score(search: str | None = "") -> str:
    """The score sheet of counties and parks."""
    return f"/targets/score{search or ''}"


def papers(search: str | None = "") -> str:
    """What can be made for a meeting, or for one project."""
    return f"/papers{search or ''}"


def paper(name: str, search: str | None = "") -> str:
    """One paper, to download."""
    return f"/api/papers/{name}{search or ''}"


def paper_steps(name: str, search: str | None = "") -> str:
    """One paper, with what is being done meanwhile."""
    return f"/api/papers/{name}/steps{search or ''}"
