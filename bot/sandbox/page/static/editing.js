// Changes and hides messages: the box in which one edits one's own, and "Dismiss" on private ones.

import { act } from "./api.js";
import { el } from "./dom.js";
import { encoded, readable } from "./names.js";
import { notice } from "./notices.js";
import { changed, world } from "./state.js";

const dismissed = new Set();
let editing = null; // {ts, text}

export function dismiss(message) {
  dismissed.add(message.ts);
  changed();
}

export const isDismissed = (message) => dismissed.has(message.ts);

/** Open a message of one's own for editing. */
export function startEditing(message) {
  editing = { ts: message.ts, text: readable(message.text) };
  changed();
  document.querySelector(".edit textarea")?.focus();
}

/** Return what tells a message being edited from the same one at rest. */
export const editMark = (message) => editing?.ts === message.ts;

/** Return a drawing of the edit box when this message is being edited, else null. */
export function editOf(message) {
  return editMark(message) ? (channel) => editBox(message, channel) : null;
}

function editBox(message, channel) {
  const box = el("textarea", {
    rows: "3",
    "aria-label": "Edit message",
    value: editing.text,
    "data-focus": "edit",
    oninput: () => {
      editing.text = box.value;
    },
    onkeydown: (event) => {
      if (event.key === "Escape") stop();
      else if (event.key === "Enter" && !event.shiftKey) save(event);
    },
  });
  const save = async (event) => {
    event.preventDefault();
    const text = encoded(box.value.trim());
    if (!text) return;
    const reply = await act(world.state.me.id, "edit", { channel, ts: message.ts, text });
    if (reply.ok) stop();
    else notice(reply.error);
  };
  return el(
    "div",
    { class: "edit" },
    box,
    el(
      "div",
      { class: "row" },
      el("button", { type: "button", class: "button", onclick: stop }, "Cancel"),
      el("button", { type: "button", class: "button primary", onclick: save }, "Save"),
    ),
  );
}

function stop() {
  editing = null;
  changed();
}
