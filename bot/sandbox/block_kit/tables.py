"""Tables and charts: the blocks that show numbers.

docs.slack.dev/reference/block-kit/blocks/table-block, data-table-block and
data-visualization-block; @slack/types 3.2.0 for the first two. slack_sdk knows only `table`.
"""

from __future__ import annotations

from typing import Any

from bot.sandbox import limits
from bot.sandbox.block_kit.rich_text import RICH_TEXT
from bot.sandbox.block_kit.schema import (
    Each,
    Flag,
    Kind,
    Node,
    Number,
    Shape,
    String,
    Wrong,
    choice,
)

_BLOCK: dict[str, Node] = {"type": String(), "block_id": String(limits.BLOCK_ID)}

_RAW_TEXT = Shape({"type": String(), "text": String(shortest=1)}, required=("text",))
_RAW_NUMBER = Shape(
    {"type": String(), "value": Number(whole=False), "text": String(shortest=1)},
    required=("value", "text"),
)
# Whether chat.postMessage takes raw_number in a plain table is disputed, so it is not refused.
_CELL = Kind({"raw_text": _RAW_TEXT, "raw_number": _RAW_NUMBER, "rich_text": RICH_TEXT})
_COLUMN = Shape({"align": choice("left", "center", "right"), "is_wrapped": Flag()})

TABLE = Shape(
    _BLOCK
    | {
        "rows": Each(Each(_CELL, at_most=limits.TABLE_COLUMNS), 1, limits.TABLE_ROWS),
        "column_settings": Each(_COLUMN, at_most=limits.TABLE_COLUMNS),
    },
    required=("rows",),
)


def _even_rows(block: dict[str, Any]) -> Wrong:
    header, *rows = block["rows"]
    for index, cell in enumerate(header):
        if cell["type"] == "rich_text":
            yield f"/rows/0/{index}", "header cells must not be rich_text"
    for index, row in enumerate(rows, start=1):
        if len(row) != len(header):
            yield f"/rows/{index}", f"must have {len(header)} cells like the header"
    if block.get("row_header_column_index", 0) >= len(header):
        yield "/row_header_column_index", "must be the index of a column"


DATA_TABLE = Shape(
    _BLOCK
    | {
        "caption": String(shortest=1),
        "rows": Each(Each(_CELL, 1, limits.TABLE_COLUMNS), 2, limits.DATA_TABLE_ROWS),
        "page_size": Number(1, limits.DATA_TABLE_PAGE),
        "row_header_column_index": Number(0),
    },
    required=("caption", "rows"),
    rules=(_even_rows,),
)


def _label(longest: int = limits.CHART_LABEL) -> String:
    return String(longest, 1)


def _slices_of_something(chart: dict[str, Any]) -> Wrong:
    for index, segment in enumerate(chart["segments"]):
        if segment["value"] <= 0:
            yield f"/segments/{index}/value", "must be more than 0"


def _a_point_for_each_category(chart: dict[str, Any]) -> Wrong:
    categories = sorted(chart["axis_config"]["categories"])
    names: set[str] = set()
    for index, series in enumerate(chart["series"]):
        if series["name"] in names:
            yield f"/series/{index}/name", "must be unique among the series"
        names.add(series["name"])
        if sorted(point["label"] for point in series["data"]) != categories:
            yield f"/series/{index}/data", "must have exactly one point for each category"


_POINT = Shape({"label": _label(), "value": Number(whole=False)}, required=("label", "value"))
_SERIES = Shape(
    {"name": _label(), "data": Each(_POINT, 1, limits.CHART_POINTS)}, required=("name", "data")
)
_AXES = Shape(
    {
        "categories": Each(_label(), 1, limits.CHART_POINTS),
        "x_label": String(limits.CHART_AXIS_LABEL),
        "y_label": String(limits.CHART_AXIS_LABEL),
    },
    required=("categories",),
)
_PIE = Shape(
    {"type": String(), "segments": Each(_POINT, 1, limits.CHART_SERIES)},
    required=("segments",),
    rules=(_slices_of_something,),
)
_PLOT = Shape(
    {"type": String(), "series": Each(_SERIES, 1, limits.CHART_SERIES), "axis_config": _AXES},
    required=("series", "axis_config"),
    rules=(_a_point_for_each_category,),
)

DATA_VISUALIZATION = Shape(
    _BLOCK
    | {
        "title": _label(limits.CHART_TITLE),
        "chart": Kind({"pie": _PIE, "bar": _PLOT, "area": _PLOT, "line": _PLOT}),
    },
    required=("title", "chart"),
)
