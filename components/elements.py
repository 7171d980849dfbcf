"""The html components of Dash, made in a fraction of the time: `from components.elements import dcc, html`.

Dash's own constructors look at some forty names of every component, 30 µs each; a page that is written
out as HTML (components/markup.py) makes a thousand of them. What comes out is the same component; that
its names are right is held by mypy.
"""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import dash
from dash.development.base_component import Component

if TYPE_CHECKING:
    from dash import dcc as dcc
    from dash import html as html
else:

    def _quick(kind: type[Component], **required: Any) -> Any:
        """A function that makes what `kind` makes; `required` is what it can't be made without."""
        sample = vars(kind(**required))
        common = {name: value for name, value in sample.items() if name not in required}

        def make(children: Any = None, **given: Any) -> Component:
            made = kind.__new__(kind)
            known = vars(made)
            known.update(common)
            if children is not None:
                known["children"] = children
            known.update(given)
            return made

        return make

    html = SimpleNamespace(
        **{
            name: _quick(kind)
            for name, kind in vars(dash.html).items()
            if isinstance(kind, type) and issubclass(kind, Component)
        }
    )
    # the components of dcc that are plain HTML as well
    dcc = SimpleNamespace(Link=_quick(dash.dcc.Link, href="/"), Input=_quick(dash.dcc.Input))
