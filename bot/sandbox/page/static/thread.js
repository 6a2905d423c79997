// The panel at the side: one message and everything said in its thread.

import { composer } from "./composer.js";
import { el, fill, icon } from "./dom.js";
import { drawMessages } from "./messages.js";
import { notesIn } from "./notes.js";
import { go, openChannel, titleOf, world } from "./state.js";

/** Draw the thread that is open, or nothing. */
export function drawThread(root) {
  const { thread } = world.place;
  const channel = openChannel();
  root.hidden = !thread || !channel;
  if (root.hidden) {
    root.dataset.shows = "";
    fill(root);
    return;
  }
  const shows = `${world.state.me.id} ${channel.id} ${thread} ${channel.is_member}`;
  if (root.dataset.shows !== shows) {
    root.dataset.shows = shows;
    fill(
      root,
      bar(channel),
      el(
        "div",
        { class: "scroller", tabindex: "0", role: "region", "aria-label": "Messages in the thread" },
        el("ol", { class: "messages", role: "list" }),
      ),
      channel.is_member ? composer(channel.id, thread, "Reply") : null,
    );
    root.querySelector("textarea")?.focus({ preventScroll: true });
  }
  if (world.state.place.thread !== thread || world.state.place.channel !== channel.id) return;
  const all = [...world.state.replies, ...notesIn(channel.id, thread)];
  drawMessages(root.querySelector("ol"), all, { channel: channel.id, inThread: true });
}

function bar(channel) {
  const close = () => go({ thread: null, message: null });
  return el(
    "header",
    { class: "bar" },
    el(
      "button",
      { type: "button", class: "icon-button back", "aria-label": "Back to the channel", onclick: close },
      icon("back"),
    ),
    el("h2", {}, "Thread"),
    el("p", { class: "topic" }, titleOf(channel)),
    el(
      "button",
      { type: "button", class: "icon-button close", "aria-label": "Close thread", onclick: close },
      icon("close"),
    ),
  );
}
