// The row of reactions under a message, and the small board to choose one from.

import { act } from "./api.js";
import { el, icon } from "./dom.js";
import { COMMON, pictureOf } from "./emoji.js";
import { moveBy, popup, showPopup } from "./menus.js";
import { notice } from "./notices.js";
import { nameOf, world } from "./state.js";

/** Return the row under a message, or null when nobody reacted. */
export function reactionRow(channel, message) {
  if (!message.reactions?.length) return null;
  const add = el(
    "button",
    {
      type: "button",
      class: "reaction",
      "aria-label": "Add reaction",
      "data-focus": "add",
      onclick: () => openBoard(add, channel, message),
    },
    icon("smile"),
    "+",
  );
  return el(
    "div",
    { class: "reactions", role: "group", "aria-label": "Reactions" },
    message.reactions.map((reaction) => reactionButton(channel, message, reaction)),
    add,
  );
}

function reactionButton(channel, message, { name, users, count }) {
  const mine = users.includes(world.state.me.id);
  const who = users.map(nameOf).join(", ");
  return el(
    "button",
    {
      type: "button",
      class: "reaction",
      "aria-pressed": String(mine),
      "data-focus": name,
      "data-reaction": name,
      title: who,
      "aria-label": `${name}, ${count}: ${who}`,
      onclick: () => toggle(channel, message, name),
    },
    el("span", { class: "emoji" }, pictureOf(name) ?? `:${name}:`),
    el("span", {}, String(count)),
  );
}

async function toggle(channel, message, name) {
  const mine = message.reactions
    ?.find((reaction) => reaction.name === name)
    ?.users.includes(world.state.me.id);
  const reply = await act(world.state.me.id, mine ? "unreact" : "react", { channel, ts: message.ts, name });
  if (!reply.ok) notice(reply.error);
}

/** Open the board of reactions beside a button. */
export function openBoard(anchor, channel, message) {
  pickEmoji(anchor, (name) => toggle(channel, message, name));
}

/** Open the board and call `picked` with the short name of what is chosen. */
export function pickEmoji(anchor, picked) {
  const board = popup(anchor, el("div", { class: "board", role: "menu", "aria-label": "Choose an emoji" }));
  const buttons = COMMON.map((name) =>
    el(
      "button",
      {
        type: "button",
        role: "menuitem",
        tabindex: "-1",
        "aria-label": name,
        title: name,
        onclick: () => {
          board.hidePopover();
          picked(name);
        },
      },
      pictureOf(name),
    ),
  );
  board.append(...buttons);
  board.addEventListener("keydown", (event) => moveBy(event, board, buttons));
  showPopup(board, anchor);
  buttons[0].focus();
}
