"""Values given by a person or a link, checked and cast to a query's parameter types."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from typing import Any, Final

from data.catalog import TODAY, Parameter, QuerySpec
from data.errors import BadParameter

_TRUE: Final = ("true", "1", "是")
_FALSE: Final = ("false", "0", "否")


def bind(spec: QuerySpec, given: Mapping[str, object], today: date) -> dict[str, Any]:
    """Every parameter of the query with its typed value; BadParameter says which one is wrong and why."""
    for name in given:
        if spec.parameter(name) is None:
            known = "、".join(p.name for p in spec.parameters)
            raise BadParameter(f"查询 {spec.name} 没有参数“{name}”;可用的参数有:{known}。")
    return {p.name: _value(spec, p, given.get(p.name), today) for p in spec.parameters}


def _value(spec: QuerySpec, parameter: Parameter, given: object, today: date) -> Any:
    if isinstance(given, str):
        given = given.strip() or None
    if given is None and parameter.required:
        raise BadParameter(f"查询 {spec.name} 缺少参数“{parameter.name}”({parameter.meaning});请补上。")
    if given is None:
        given = today if parameter.default == TODAY else parameter.default
    if given is None:
        return None
    value = _CASTS[parameter.type](parameter, given)
    if parameter.choices and value not in parameter.choices:
        allowed = "、".join(parameter.choices)
        raise BadParameter(f"参数“{parameter.name}”的值“{given}”不在可选范围内;可选:{allowed}。")
    return value


def _wrong(parameter: Parameter, given: object, kind: str, example: str) -> BadParameter:
    return BadParameter(f"参数“{parameter.name}”的值“{given}”不是{kind};请写成 {example} 的形式。")


def _date(parameter: Parameter, given: object) -> date:
    if isinstance(given, datetime):
        return given.date()
    if isinstance(given, date):
        return given
    try:
        return date.fromisoformat(str(given))
    except ValueError:
        raise _wrong(parameter, given, "日期", "2026-11-22") from None


def _integer(parameter: Parameter, given: object) -> int:
    text = str(given)
    if isinstance(given, bool) or not text.isascii() or not text.isdigit() or len(text) > 9:
        raise _wrong(parameter, given, "非负整数", "40")
    return int(text)


def _boolean(parameter: Parameter, given: object) -> bool:
    text = str(given).lower()
    if text not in _TRUE + _FALSE:
        raise _wrong(parameter, given, "是否", "true")
    return text in _TRUE


def _text(parameter: Parameter, given: object) -> str:
    if not isinstance(given, str | int | float):
        raise _wrong(parameter, given, "文字", "连山区")
    return str(given)


def _texts(parameter: Parameter, given: object) -> list[str]:
    if isinstance(given, str):
        return [part.strip() for part in given.split(",") if part.strip()]
    if not isinstance(given, Iterable):
        raise _wrong(parameter, given, "文字列表", "P001,P002")
    return [_text(parameter, item) for item in given]


_CASTS: Final[Mapping[str, Callable[[Parameter, object], Any]]] = {
    "DATE": _date,
    "INTEGER": _integer,
    "BOOLEAN": _boolean,
    "VARCHAR": _text,
    "VARCHAR[]": _texts,
}
