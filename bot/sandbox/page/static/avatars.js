// The small picture of a person: their own, or their initials on one of eight colours.

import { el, safePicture } from "./dom.js";
import { personOf } from "./state.js";

const HUES = 8;

/** Draw the picture of someone, {id, name, isApp}; their name stands beside it, so it says nothing aloud. */
export function avatar({ id, name, isApp }) {
  const image = safePicture(personOf(id)?.image);
  if (image) return el("img", { class: "avatar", src: image, alt: "" });
  const hue = [...String(id)].reduce((sum, letter) => (sum * 31 + letter.codePointAt(0)) % 997, 7) % HUES;
  return el(
    "span",
    { class: `avatar ${isApp ? "app" : `hue-${hue}`}`, "aria-hidden": "true" },
    initials(name),
  );
}

function initials(name) {
  const words = String(name).trim().split(/\s+/);
  return ((words[0]?.[0] ?? "?") + (words.length > 1 ? words.at(-1)[0] : "")).toUpperCase();
}
