// Draws the messages of a channel or thread: a line between days, and who spoke only once in a row.

import { momentOf, dayLabel, dayOf } from "./dates.js";
import { el, reconcile } from "./dom.js";
import { editMark, isDismissed } from "./editing.js";
import { authorOf, drawMessage } from "./message.js";
import { nameOf, world } from "./state.js";

const MINUTES_IN_A_ROW = 5;
const NEAR_THE_END = 80; // pixels

/** Draw messages into a list that scrolls, and stay at its end when the reader is there or writes. */
export function drawMessages(list, messages, { channel, inThread }) {
  const scroller = list.parentElement;
  const wasAtEnd = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < NEAR_THE_END;
  const newest = messages.at(-1);
  const isOwn = newest?.user === world.state.me.id && Number(newest.ts) > Number(list.dataset.newest ?? 0);
  list.dataset.newest = newest?.ts ?? 0;
  const isOther = list.dataset.shows !== `${channel} ${inThread}`;
  list.dataset.shows = `${channel} ${inThread}`;
  reconcile(
    list,
    rows(
      messages.filter((message) => !isDismissed(message)),
      channel,
      inThread,
    ),
    {
      key: (row) => row.key,
      fingerprint: (row) => row.print,
      draw: (row) => row.draw(),
    },
  );
  if (wasAtEnd || isOther || isOwn) toEnd(scroller);
}

/** Go to the newest message, again when its pictures have come. */
export function toEnd(scroller) {
  scroller.scrollTop = scroller.scrollHeight;
  for (const image of scroller.querySelectorAll("img:not([data-awaited])")) {
    image.dataset.awaited = "";
    image.addEventListener(
      "load",
      () => {
        scroller.scrollTop = scroller.scrollHeight;
      },
      { once: true },
    );
  }
}

function rows(messages, channel, inThread) {
  const { me, clock } = world.state;
  const now = new Date(clock.now);
  const today = dayOf(now, me.tz);
  const drawn = [];
  let before = null;
  for (const message of messages) {
    const day = dayOf(momentOf(message.ts), me.tz);
    const isNewDay = !before || day !== dayOf(momentOf(before.ts), me.tz);
    if (isNewDay && !inThread) drawn.push(dayRow(message, now, day, today));
    const compact = !isNewDay && !(inThread && before === messages[0]) && follows(message, before);
    const print = JSON.stringify([
      message,
      compact,
      editMark(message),
      today,
      me.id,
      me.tz,
      authorOf(message).name,
      namesIn(message),
    ]);
    drawn.push({
      key: `m${message.ts}`,
      print,
      draw: () => drawMessage(message, { channel, compact, inThread }),
    });
    before = message;
  }
  return drawn;
}

function dayRow(message, now, day, today) {
  const label = dayLabel(momentOf(message.ts), now, world.state.me.tz);
  return {
    key: `d${day}`,
    print: `${label} ${today}`,
    draw: () => el("li", { class: "day", role: "presentation" }, el("span", {}, label)),
  };
}

const namesIn = (message) => (message.reply_users ?? []).map(nameOf);

function follows(message, before) {
  if (message.subtype || before.subtype || message.is_ephemeral || before.is_ephemeral) return false;
  if (message.bot_id && message.blocks) return false;
  const near = Number(message.ts) - Number(before.ts) < MINUTES_IN_A_ROW * 60;
  return near && authorOf(message).id === authorOf(before).id && message.thread_ts === before.thread_ts;
}
