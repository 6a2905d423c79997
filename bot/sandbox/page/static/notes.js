// Private words of the page itself, shown among the messages: a command that failed, or does not exist.

import { changed, world } from "./state.js";

const notes = [];

/** Leave a note for a person in a channel or thread. */
export function note({ as, channel, thread = null, text }) {
  const at = Math.max(Date.parse(world.state.clock.now) / 1000, Number(latest()) + 0.000001);
  notes.push({
    as,
    channel,
    thread,
    message: { ts: at.toFixed(6), text, is_ephemeral: true, local: true, thread_ts: thread },
  });
  changed();
}

const latest = () =>
  Math.max(
    0,
    ...[world.state.messages, world.state.replies].flat().map((message) => Number(message?.ts ?? 0)),
  );

/** Return the notes to show, as messages. */
export function notesIn(channel, thread = null) {
  const me = world.state.me.id;
  return notes
    .filter((one) => one.as === me && one.channel === channel && one.thread === thread)
    .map((one) => one.message);
}
