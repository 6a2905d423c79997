// Draws tables.

import { el } from "./dom.js";
import { richText } from "./richtext.js";
import { wordsOf } from "./mrkdwn.js";

/** Return a table block; its first row is the head. */
export function table(block) {
  const settings = block.column_settings ?? [];
  const aligned = (at) => (settings[at]?.align ? `align-${settings[at].align}` : null);
  const [head, ...rows] = block.rows;
  return el(
    "div",
    { class: "scroll", tabindex: "0", role: "region", "aria-label": wordsOf(block.caption) || "Table" },
    el(
      "table",
      {},
      block.caption ? el("caption", {}, wordsOf(block.caption)) : null,
      el(
        "thead",
        {},
        el(
          "tr",
          {},
          head.map((cell, at) => el("th", { scope: "col", class: aligned(at) }, contents(cell))),
        ),
      ),
      el(
        "tbody",
        {},
        rows.map((row) =>
          el(
            "tr",
            {},
            row.map((cell, at) => el("td", { class: aligned(at) }, contents(cell))),
          ),
        ),
      ),
    ),
  );
}

/** Return a data_table block. */
export const dataTable = (block) => table({ ...block, rows: block.rows.map((row) => row.cells ?? row) });

function contents(cell) {
  if (cell?.type === "rich_text") return richText(cell);
  return String(cell?.text ?? cell?.value ?? cell ?? "");
}
