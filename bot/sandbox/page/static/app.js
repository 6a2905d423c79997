// Starts the page and redraws its parts whenever something changes.

import { act } from "./api.js";
import { drawConversation } from "./conversation.js";
import { drawForms } from "./forms.js";
import { drawHeader } from "./header.js";
import { wordsOfMessage, authorOf } from "./message.js";
import { toEnd } from "./messages.js";
import { announce } from "./notices.js";
import { drawSidebar } from "./sidebar.js";
import { drawThread } from "./thread.js";
import {
  go,
  isBotChannel,
  look,
  openChannel,
  openTab,
  showEarlier,
  start,
  titleOf,
  watch,
  world,
} from "./state.js";

const part = (id) => document.getElementById(id);

// On a phone the list itself is where one starts.
const WIDE = matchMedia("(min-width: 761px)");
const A_WHILE = 20_000; // milliseconds; the clock in the line on top has to go on

let openedHome = null;
let heard = {};
let pointedAt = null;

watch(() => {
  if (!world.state || arriveElsewhere()) return;
  drawHeader(part("top"));
  drawSidebar(part("sidebar"));
  drawConversation(part("conversation"));
  drawThread(part("thread"));
  drawForms();
  showOnePane();
  tellOpenedTab();
  markRead();
  sayWhatIsNew();
  pointAtMessage();
});

/** Go on when the address in the bar names no place this person can see; returns whether it does. */
function arriveElsewhere() {
  const { as } = world.place;
  const { me, people } = world.state;
  // Not there yet: what is known is what the person before saw.
  if (as !== me.id && people.some((person) => person.id === as)) return true;
  const parts = as === me.id ? betterPlace() : { as: me.id };
  if (parts) go(parts, { detour: true });
  return Boolean(parts);
}

function betterPlace() {
  const { at } = world.place;
  const { bot, channels } = world.state;
  if (at === "bot") return { at: bot.channel };
  if (at && !channels.some((channel) => channel.id === at)) return { at: null, thread: null };
  const first = channels.find((channel) => channel.is_member && channel.kind !== "im");
  return !at && first && WIDE.matches ? { at: first.id } : null;
}

function showOnePane() {
  const { at, thread } = world.place;
  const pane = thread ? "thread" : at ? "conversation" : "sidebar";
  const moved = document.body.dataset.pane !== pane;
  document.body.dataset.pane = pane;
  // What is out of sight cannot scroll: on a phone the messages were drawn before their pane was shown.
  const scroller = part(pane)?.querySelector(".scroller");
  if (moved && scroller && !WIDE.matches) toEnd(scroller);
  // On a phone the pane with the keyboard may just have gone out of sight.
  if (moved && !document.activeElement.offsetParent && !document.querySelector("dialog[open]"))
    placeToStart(pane).focus({ preventScroll: true });
  const channel = openChannel();
  const unread = world.state.channels.reduce((sum, one) => sum + one.mentions, 0);
  document.title = `${unread ? `(${unread}) ` : ""}${channel ? `${titleOf(channel)} – ` : ""}${world.state.team.name}`;
}

/** Return where the keyboard belongs in a pane: the box to write in, but not on a phone, where it pops up. */
function placeToStart(pane) {
  return (WIDE.matches && part(pane).querySelector(".composer textarea")) || part(pane);
}

/** Tell the bot that its home or its messages were opened, once a visit. */
function tellOpenedTab() {
  const channel = openChannel();
  const visit = isBotChannel(channel) ? `${world.state.me.id} ${openTab()}` : null;
  if (visit && visit !== openedHome) act(world.state.me.id, "home", { tab: openTab() });
  openedHome = visit;
}

function markRead() {
  const channel = openChannel();
  if (channel?.unread && openTab() === "messages" && document.visibilityState === "visible") {
    act(world.state.me.id, "read", { channel: channel.id });
  }
}

/** Speak messages that others wrote since the last look at the same place. */
function sayWhatIsNew() {
  const { place, messages, replies, me } = world.state;
  const where = `${me.id} ${place.channel} ${place.thread}`;
  const all = [...messages, ...(replies ?? [])];
  const latest = Math.max(0, ...all.map((message) => Number(message.ts)));
  if (heard.where === where) {
    for (const message of all) {
      if (Number(message.ts) > heard.latest && message.user !== me.id)
        announce(`${authorOf(message).name}: ${wordsOfMessage(message)}`);
    }
  }
  heard = { where, latest };
}

/** Bring the message a link leads to into view, once. */
function pointAtMessage() {
  const { message, at, thread } = world.place;
  const wanted = message ? `${at} ${message} ${thread}` : null;
  if (!wanted || wanted === pointedAt) {
    pointedAt = wanted;
    return;
  }
  const { messages, has_earlier: hasEarlier } = world.state;
  if (hasEarlier && !thread && Number(message) < Number(messages[0]?.ts)) {
    showEarlier();
    return;
  }
  const node = document.querySelector(
    `${thread ? "#thread " : "#conversation "}[data-ts="${CSS.escape(message)}"]`,
  );
  if (!node) return;
  pointedAt = wanted;
  node.scrollIntoView({ block: "center" });
  node.classList.add("pointed");
  node.focus({ preventScroll: true });
}

document.addEventListener("visibilitychange", () => world.state && markRead());
// The address after # says where one is, so an ordinary skip link would lead elsewhere. It leads past
// what can be done with each message; Shift+Tab goes back to the newest.
document.querySelector(".skip").addEventListener("click", () => placeToStart("conversation").focus());
setInterval(look, A_WHILE);
start();
