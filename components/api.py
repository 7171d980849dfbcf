"""The questions over HTTP: GET /api/queries, GET /api/queries/NAME?…, and an OpenAPI document."""

from __future__ import annotations

import asyncio
import json
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

import polars as pl
from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse

from data.errors import BadParameter, GuatuError, QueryError, UnknownQuery
from data.query import queries

_JSON_TYPES: Final[dict[str, dict[str, Any]]] = {
    "DATE": {"type": "string", "format": "date"},
    "INTEGER": {"type": "integer"},
    "BIGINT": {"type": "integer"},
    "DOUBLE": {"type": "number"},
    "BOOLEAN": {"type": "boolean"},
    "VARCHAR[]": {"type": "array", "items": {"type": "string"}},
}
_FAULTS: Final = {404: "没有这个查询", 422: "参数不对", 503: "还没有可用的快照"}


def encode(value: Any) -> Any:
    """A cell as JSON: dates in ISO form, exact decimals as numbers; null stays null."""
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, pl.Series):
        return value.to_list()
    raise TypeError(f"{type(value).__name__} 不能写成 JSON")


def answer(name: str, params: dict[str, object]) -> Response:
    """The result of one question as JSON: its name, the version it stands for, columns and rows."""
    frame = queries().run(name, **params)
    stands_for = queries().run("freshness", as_of=params.get("as_of")).row(0, named=True)
    told = {
        "name": name,
        "version": stands_for["version"],
        "as_of": stands_for["as_of"],
        "columns": frame.columns,
        "rows": [list(row) for row in frame.iter_rows()],
    }
    return Response(json.dumps(told, ensure_ascii=False, default=encode), media_type="application/json")


async def ask(request: Request, name: str) -> Response:
    """One question with the request's parameters; 404, 422 or 503 and a sentence for one without answer."""
    try:
        return await asyncio.to_thread(answer, name, parameters(name, request))
    except UnknownQuery as fault:
        return _sentence(404, fault)
    except QueryError as fault:
        return _sentence(422, fault)
    except GuatuError as fault:
        return _sentence(503, fault)


def parameters(name: str, request: Request) -> dict[str, object]:
    """The request's parameters; a repeated one is a list. BadParameter where a single one is repeated."""
    given: dict[str, object] = {}
    spec = queries().describe(name)
    for key in request.query_params:
        values = request.query_params.getlist(key)
        declared = spec.parameter(key)
        if len(values) > 1 and (declared is None or not declared.type.endswith("[]")):
            raise BadParameter(f"参数“{key}”给了 {len(values)} 次;请只给一次。")
        given[key] = values if len(values) > 1 else values[0]
    return given


def _sentence(status: int, fault: GuatuError) -> JSONResponse:
    return JSONResponse({"message": str(fault)}, status_code=status)


def describe(name: str) -> dict[str, Any]:
    """What one question asks, takes and gives, for GET /api/queries."""
    spec = queries().describe(name)
    return {
        "name": name,
        "question": spec.question,
        "row": spec.grain,
        "parameters": [
            {
                "name": p.name,
                "type": p.type,
                "default": p.default,
                "choices": list(p.choices),
                "meaning": p.meaning,
            }
            for p in spec.parameters
        ],
        "columns": [{"name": c.name, "type": c.type, "meaning": c.meaning} for c in spec.columns],
    }


def operation(name: str) -> dict[str, Any]:
    """The OpenAPI operation of one question."""
    spec = queries().describe(name)
    return {
        "summary": spec.question,
        "parameters": [
            {
                "name": p.name,
                "in": "query",
                "required": p.required,
                "description": p.meaning,
                "schema": _JSON_TYPES.get(p.type, {"type": "string"})
                | ({"enum": list(p.choices)} if p.choices else {}),
            }
            for p in spec.parameters
        ],
        "responses": {
            "200": {"description": spec.grain, "content": {"application/json": {"schema": _result(name)}}},
            **{str(code): {"description": words} for code, words in _FAULTS.items()},
        },
    }


def _result(name: str) -> dict[str, Any]:
    columns = [column.name for column in queries().describe(name).columns]
    return {
        "type": "object",
        "properties": {
            "name": {"type": "string", "const": name},
            "version": {"type": "string", "description": "快照版本,如 2026-11-22/2"},
            "as_of": {"type": "string", "format": "date", "description": "状态日期"},
            "columns": {"type": "array", "items": {"type": "string"}, "const": columns},
            "rows": {"type": "array", "items": {"type": "array", "maxItems": len(columns)}},
        },
    }


def router() -> APIRouter:
    """Health, the list of questions, and the questions."""
    routes = APIRouter()

    @routes.get("/api/health", summary="服务是否正常")
    async def health() -> dict[str, Any]:
        version = queries().version()
        return {"status": "ok", "version": None if version is None else str(version)}

    @routes.get("/api/queries", summary="可用的查询")
    async def names() -> list[dict[str, Any]]:
        return [describe(name) for name in queries().names()]

    for name in queries().names():
        _add(routes, name)

    @routes.get("/api/queries/{name}", include_in_schema=False)
    async def unknown(request: Request, name: str) -> Response:
        return await ask(request, name)

    @routes.get("/api/{rest:path}", include_in_schema=False)
    async def nothing(rest: str) -> JSONResponse:
        return JSONResponse({"message": f"没有 /api/{rest} 这个接口。"}, status_code=404)

    return routes


def _add(routes: APIRouter, name: str) -> None:
    async def one(request: Request) -> Response:
        return await ask(request, name)

    routes.add_api_route(f"/api/queries/{name}", one, operation_id=name, openapi_extra=operation(name))
