"""What a gauge says in words and bars: value, change, 序时, its parts, and the count it stands for."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from dash.development.base_component import Component

from components import filters, formats, links, money
from components.attributes import data
from components.elements import dcc, html
from components.rate import Rate

# parts of this name are 建设性质 that can be filtered by
KINDS: Final = ("新建", "续建")


def value(rate: Rate) -> list[Component | str]:
    """The big number over the arc."""
    text = formats.ratio(rate.ratio)
    return [text.removesuffix("%"), html.Small("%")] if text.endswith("%") else [text]


def pace(rate: Rate) -> Component:
    """Change since the day compared with, and ahead of or behind 序时, both in percentage points."""
    said = [part for part in (moved(rate), _pace(rate)) if part is not None]
    return html.Div(said, className="gauge-pace")


def moved(rate: Rate) -> Component | None:
    """ "较11月13日 ▲ 1.4 pp"; null where nothing is compared."""
    change = rate.change
    if rate.before is None or change is None:
        return None
    words = formats.points(change).lstrip(f"+{formats.MINUS}")
    arrow, tone = ("▲", "ahead") if change > 0 else ("▼", "behind") if change < 0 else ("", "")
    told = "持平" if not arrow or words.startswith("0.0 ") else f"{arrow} {words}"
    day = f"较{formats.short_day(rate.before.day)} "
    return html.Span([day, html.B(told, className="" if told == "持平" else tone)])


def _pace(rate: Rate) -> Component | None:
    if rate.ratio is None or rate.pace_ratio is None:
        return None
    difference = rate.ratio - rate.pace_ratio
    word, tone = ("落后序时", "behind") if difference < 0 else ("快于序时", "ahead")
    return html.Span([f"{word} ", html.B(formats.points(abs(difference)).lstrip("+"))], className=tone)


def parts(rates: Iterable[Rate], search: str | None = "") -> list[Component]:
    """The parts of a gauge, one bar each; that of a 建设性质 filters by it, or takes that back."""
    return [_part(rate, search) for rate in rates]


def _part(rate: Rate, search: str | None) -> Component:
    figures: list[Component | str] = [f"{counts(rate)} · ", html.B(formats.ratio(rate.ratio)), *_since(rate)]
    said = [
        html.Span(rate.name),
        html.I([html.B(style={"width": _at(rate.ratio or 0)}), *_marks(rate)], className="track"),
        html.Span(figures, className="n", **data(live=rate.name)),
    ]
    if rate.name not in KINDS:
        return html.Div(said, className="part")
    href = links.overview(filters.toggled(search, kind=rate.name))
    return dcc.Link(said, href=href, className="part", title=f"只看{rate.name}项目,再点一次看全部")


def _at(share: float) -> str:
    """Where a share lies on a bar."""
    return f"{min(share, 1) * 100:.1f}%"


def _marks(rate: Rate) -> list[Component]:
    """The marks of the arc on a bar: what it was on the day compared with, 序时, target."""
    then = rate.before.ratio if rate.before else None
    shares = (("then", then), ("pace", rate.pace_ratio), ("target", rate.target_ratio))
    return [
        html.Em(className=f"part-{name}", style={"left": _at(share)})
        for name, share in shares
        if share is not None
    ]


def _since(rate: Rate) -> list[Component]:
    """ " ▲0.5 pp" since the day the gauge names; nothing where nothing moved."""
    words = formats.points(rate.change).lstrip(f"+{formats.MINUS}")
    if rate.change is None or words.startswith("0.0 "):
        return []
    arrow, tone = ("▲", "ahead") if rate.change > 0 else ("▼", "behind")
    return [html.Small(f" {arrow}{words}", className=f"since {tone}")]


def counts(rate: Rate) -> str:
    """Numerator/denominator, money with its unit."""
    if rate.unit == "元":
        return formats.money_of(rate.numerator, rate.denominator)
    return f"{formats.count(rate.numerator)}/{formats.count(rate.denominator)}"


def basis(rate: Rate) -> list[Component | str]:
    """What the big number stands for: counts with unit, base, what is missing, cut-off."""
    if not rate.denominator:
        return [f"{rate.base or '分母'}为空,没有比率", html.Br(), "请去掉一个筛选,或在台账补报"]
    in_yuan = rate.unit == "元"
    counted = money.part_of(rate.numerator, rate.denominator) if in_yuan else f"{counts(rate)} {rate.unit}"
    words: list[Component | str] = [counted, f" · {rate.base}", html.Br()]
    if rate.missing:
        missing = money.amount(rate.missing) if in_yuan else f"{rate.missing:,} {rate.unit}"
        words += ["距目标还差 ", missing]
    if rate.cutoff is not None:
        dot = " · " if rate.missing else ""
        words.append(html.Span(f"{dot}截至 {formats.short_day(rate.cutoff)}", className="cutoff"))
    return words
