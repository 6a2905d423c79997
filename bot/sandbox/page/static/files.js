// Shows files shared with a message: pictures at once, others by name with a way to fetch them.

import { el, icon } from "./dom.js";

const addressOf = (file) => `/page/file/${encodeURIComponent(file.id)}`;

/** Return the files of a message, or null when it has none. */
export function fileList(files) {
  if (!files?.length) return null;
  return el("div", { class: "shared-files" }, files.map(shared));
}

function shared(file) {
  const name = file.title || file.name || file.id;
  if (file.mode === "tombstone") return el("p", { class: "quiet" }, "This file was deleted.");
  if (file.mimetype?.startsWith("image/")) {
    return el(
      "figure",
      {},
      el("figcaption", {}, name),
      el(
        "a",
        { href: addressOf(file), target: "_blank" },
        el("img", { class: "picture large", src: addressOf(file), alt: file.alt_txt || name }),
      ),
    );
  }
  return el(
    "a",
    { class: "file", href: addressOf(file), download: file.name ?? "" },
    icon("file"),
    el(
      "span",
      {},
      el("b", {}, name),
      el("small", {}, [file.pretty_type || file.filetype, sizeOf(file.size)].filter(Boolean).join(" · ")),
    ),
  );
}

function sizeOf(bytes) {
  if (!bytes) return "";
  return bytes < 1_000_000
    ? `${Math.max(1, Math.round(bytes / 1000))} kB`
    : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
