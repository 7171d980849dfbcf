"""Colours and type for plotly, the Python mirror of assets/tokens.css; a test keeps the two equal."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any, Final, Literal

ThemeName = Literal["light", "dark"]

FONT: Final = (
    '"Microsoft YaHei UI", "Microsoft YaHei", "PingFang SC", "Source Han Sans SC", "Noto Sans CJK SC", '
    '"HarmonyOS Sans SC", "WenQuanYi Micro Hei", sans-serif'
)
NUMBER_FONT: Final = f'"DIN Alternate", "Bahnschrift", "Roboto Condensed", {FONT}'


@dataclass(frozen=True)
class Colours:
    """The tokens of one theme as plotly colours; `yellow_ink` and the like are for text on paper."""

    ink: str
    ink_2: str
    ink_3: str
    line: str
    paper: str
    ground: str
    bar: str
    bar_ink: str
    accent: str
    green: str
    blue: str
    yellow: str
    yellow_ink: str
    red: str
    grey: str
    grey_ink: str
    stop: str
    green_tint: str
    blue_tint: str
    yellow_tint: str
    red_tint: str
    grey_tint: str
    stop_tint: str

    def light(self, code: str) -> str:
        """The fill of a light: grey, green, blue, yellow, red or stopped."""
        return str(getattr(self, "stop" if code == "stopped" else code))

    def light_ink(self, code: str) -> str:
        """The colour of text about a light on paper, contrast at least 4.5:1."""
        return str(
            getattr(self, {"stopped": "stop", "yellow": "yellow_ink", "grey": "grey_ink"}.get(code, code))
        )

    def tint(self, code: str) -> str:
        """The quiet ground behind a light."""
        return str(getattr(self, f"{'stop' if code == 'stopped' else code}_tint"))

    def tokens(self) -> dict[str, str]:
        """CSS custom property → colour, as in tokens.css."""
        return {f"--{f.name.replace('_', '-')}": getattr(self, f.name) for f in fields(self)}


LIGHT: Final = Colours(
    ink="#12202b",
    ink_2="#44525e",
    ink_3="#5d6a75",
    line="#d5dce2",
    paper="#ffffff",
    ground="#eef2f5",
    bar="#10293f",
    bar_ink="#ffffff",
    accent="#0b5cad",
    green="#1a7f4b",
    blue="#2a6fc9",
    yellow="#e0a100",
    yellow_ink="#7a5600",
    red="#c4232b",
    grey="#9aa6b0",
    grey_ink="#5d6a75",
    stop="#6f5c9c",
    green_tint="#dff1e7",
    blue_tint="#e1ecfa",
    yellow_tint="#fdf1cf",
    red_tint="#fbe3e4",
    grey_tint="#e9edf1",
    stop_tint="#ece8f5",
)
DARK: Final = Colours(
    ink="#eef4f8",
    ink_2="#b9c6d1",
    ink_3="#95a4b1",
    line="#2b3d4d",
    paper="#13222f",
    ground="#0a141d",
    bar="#060d13",
    bar_ink="#ffffff",
    accent="#6db2ff",
    green="#3fbf7f",
    blue="#5c9ff0",
    yellow="#f4c430",
    yellow_ink="#f4c430",
    red="#ff6b71",
    grey="#64727e",
    grey_ink="#95a4b1",
    stop="#a893dd",
    green_tint="#12362a",
    blue_tint="#15304f",
    yellow_tint="#3d3211",
    red_tint="#43191d",
    grey_tint="#1f303e",
    stop_tint="#2c2644",
)
COLOURS: Final[dict[str, Colours]] = {"light": LIGHT, "dark": DARK}


def colours(name: str | None) -> Colours:
    """The colours of a theme by name; anything unknown is the light theme."""
    return COLOURS.get(name or "light", LIGHT)


def chosen(asked: str | None, remembered: str | None) -> ThemeName:
    """The theme of a page: what its address asks for (`?theme=dark`), else what the visitor chose before.

    Anything unknown counts as not said; said nowhere it is the light theme.
    """
    said = next((name for name in (asked, remembered) if name in COLOURS), "light")
    return "dark" if said == "dark" else "light"


def template(name: str | None) -> dict[str, Any]:
    """The plotly template of a theme: quiet grid, our type, transparent paper."""
    c = colours(name)
    axis = {
        "gridcolor": c.line,
        "linecolor": c.line,
        "zerolinecolor": c.line,
        "tickcolor": c.line,
        "tickfont": {"color": c.ink_3, "size": 14},
        "title": {"font": {"color": c.ink_2, "size": 14}},
        "automargin": False,
    }
    return {
        "layout": {
            "paper_bgcolor": "rgba(0,0,0,0)",
            "plot_bgcolor": "rgba(0,0,0,0)",
            "font": {"family": FONT, "color": c.ink, "size": 15},
            "colorway": [c.accent, c.green, c.yellow, c.red, c.stop, c.grey],
            "xaxis": axis,
            "yaxis": axis,
            "hoverlabel": {
                "bgcolor": c.paper,
                "bordercolor": c.line,
                "font": {"family": FONT, "color": c.ink, "size": 15},
            },
            "margin": {"l": 0, "r": 0, "t": 0, "b": 0},
            "showlegend": False,
        }
    }


# no logo, no cloud button, Chinese words; nothing a graph can do leaves this machine
GRAPH_CONFIG: Final[dict[str, Any]] = {
    "locale": "zh-CN",
    "displaylogo": False,
    "showSendToCloud": False,
    "showEditInChartStudio": False,
    "plotlyServerURL": "",
    "responsive": True,
    "displayModeBar": False,
    "scrollZoom": False,
}

# a picture without pan, zoom or hover
STATIC_CONFIG: Final[Any] = {**GRAPH_CONFIG, "staticPlot": True}
