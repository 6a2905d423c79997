// The workspace's clock, which can be moved forward to see what the bot does later.

import { act } from "./api.js";
import { momentLabel } from "./dates.js";
import { el, icon } from "./dom.js";
import { openMenu } from "./menus.js";
import { announce, notice } from "./notices.js";
import { changed, world } from "./state.js";

const HOUR = 3600;

let moving = false;

function wordsOfNow() {
  const now = new Date(world.state.clock.now);
  return new Intl.DateTimeFormat("en-US", {
    timeZone: world.state.me.tz,
    weekday: "short",
    month: "short",
    day: "numeric",
    hour: "numeric",
    minute: "2-digit",
  }).format(now);
}

/** Return what the clock's looks depend on. */
export const clockPrint = () => [wordsOfNow(), moving];

/** Return the clock's button: it shows the time in the person's zone and opens the ways to move it. */
export function drawClock() {
  const words = wordsOfNow();
  const button = el(
    "button",
    {
      type: "button",
      "data-focus": "clock",
      "aria-haspopup": "menu",
      "aria-label": `It is ${words}. Move the clock`,
      "aria-busy": String(moving),
      onclick: () => openMenu(button, ways(), { label: "Move the clock" }),
    },
    icon("clock"),
    el("span", {}, words),
    icon("down"),
  );
  return button;
}

function ways() {
  const { next_due: due, now } = world.state.clock;
  const next = due ? momentLabel(new Date(due), new Date(now), world.state.me.tz) : null;
  return [
    { label: "1 hour later", dataset: { clock: "hour" }, run: () => move({ seconds: HOUR }) },
    { label: "1 day later", dataset: { clock: "day" }, run: () => move({ seconds: 24 * HOUR }) },
    next
      ? {
          label: "To the next due post",
          note: next,
          dataset: { clock: "due" },
          run: () => move({ to: "next_due" }),
        }
      : {
          label: "To the next due post",
          note: "Nothing is due",
          dataset: { clock: "due" },
          run: () => notice("Nothing is due."),
        },
  ];
}

async function move(how) {
  moving = true;
  changed();
  const reply = await act(world.state.me.id, "move_clock", how);
  moving = false;
  changed();
  if (reply.ok)
    announce(`It is now ${momentLabel(new Date(reply.now), new Date(reply.now), world.state.me.tz)}.`);
  else notice(reply.error);
}
