// Draws one message: who, when, what, its files, reactions and thread, and what can be done with it.

import { act } from "./api.js";
import { avatar } from "./avatars.js";
import { drawBlocks } from "./blocks.js";
import { momentLabel, momentOf, timeOf } from "./dates.js";
import { el, icon } from "./dom.js";
import { fileList } from "./files.js";
import { openMessageMenu } from "./message-menu.js";
import { mrkdwn, plainOf } from "./mrkdwn.js";
import { openBoard, reactionRow } from "./reactions.js";
import { dismiss, editOf, startEditing } from "./editing.js";
import { go, nameOf, world } from "./state.js";

const QUIET = new Set([
  "channel_join",
  "channel_leave",
  "group_join",
  "group_leave",
  "channel_topic",
  "channel_name",
  "channel_archive",
  "channel_unarchive",
  "tombstone",
]);

/**
 * Draw a message of a channel. `compact` leaves out who and when, after another of the same person;
 * `inThread` is for the side panel, where a thread is not summed up again.
 */
export function drawMessage(message, { channel, compact, inThread }) {
  const author = authorOf(message);
  const node = el("li", {
    class: `message${compact ? " compact" : ""}${message.is_ephemeral ? " private" : ""}${message.local ? " local" : ""}`,
    "data-ts": message.ts,
    "data-channel": channel,
    "data-author": author.id,
    tabindex: "-1",
  });
  const side = compact
    ? el("span", { class: "side time", "aria-hidden": "true" }, time(message))
    : el("span", { class: "side" }, avatar(author));
  node.append(
    side,
    el(
      "div",
      { class: "content" },
      message.is_ephemeral ? onlyYou(message) : null,
      compact ? null : head(message, author, inThread),
      body(message, channel),
      fileList(message.files),
      message.is_ephemeral ? null : reactionRow(channel, message),
      inThread ? null : threadSummary(message),
    ),
  );
  if (!message.subtype || !QUIET.has(message.subtype)) node.append(tools(message, channel, inThread));
  return node;
}

function authorOf(message) {
  const id = message.user ?? message.bot_id;
  if (message.local) return { id: "local", name: world.state.team.name, isApp: true };
  if (message.user === "USLACKBOT") return { id, name: "Local Slack", isApp: true };
  const isApp = Boolean(message.bot_id) || id === world.state.bot.user_id;
  return { id, name: message.username ?? nameOf(isApp ? world.state.bot.user_id : id), isApp };
}

const time = (message) => timeOf(momentOf(message.ts), world.state.me.tz);

function head(message, author, inThread) {
  const at = momentOf(message.ts);
  const label = momentLabel(at, new Date(world.state.clock.now), world.state.me.tz);
  return el(
    "div",
    { class: "head" },
    el("b", { class: "author", "data-person": author.id }, author.name),
    author.isApp ? el("span", { class: "badge" }, "App") : null,
    el(
      "time",
      {
        class: "time",
        datetime: at.toISOString(),
        title: label,
      },
      // A thread has no lines between its days.
      inThread ? label : time(message),
    ),
  );
}

function onlyYou(message) {
  return el(
    "div",
    { class: "only-you" },
    icon("eye"),
    "Only visible to you",
    el(
      "button",
      { type: "button", class: "link", "data-focus": "dismiss", onclick: () => dismiss(message) },
      "Dismiss",
    ),
  );
}

function body(message, channel) {
  if (editOf(message)) return editOf(message)(channel);
  const typed = !message.bot_id && message.blocks?.every((block) => block.type === "rich_text");
  const edited =
    message.edited && !(message.bot_id && message.blocks)
      ? el("span", { class: "edited" }, " (edited)")
      : null;
  const quiet = QUIET.has(message.subtype) ? " quiet" : "";
  if (!message.blocks?.length || typed)
    return message.text || edited
      ? el("div", { class: `text${quiet}` }, mrkdwn(message.text ?? ""), edited)
      : null;
  const blocks = el("div", { class: "blocks" });
  drawBlocks(blocks, {
    surface: `message ${channel} ${message.ts}`,
    where: { message: { channel, ts: message.ts } },
    blocks: message.blocks,
  });
  return el("div", {}, blocks, edited);
}

function threadSummary(message) {
  if (!message.reply_count) return null;
  const last = momentLabel(
    momentOf(message.latest_reply),
    new Date(world.state.clock.now),
    world.state.me.tz,
  );
  const words = message.reply_count === 1 ? "1 reply" : `${message.reply_count} replies`;
  const faces = (message.reply_users ?? [])
    .slice(0, 4)
    .map((id) => avatar({ id, name: nameOf(id), isApp: id === world.state.bot.user_id }));
  return el(
    "button",
    {
      type: "button",
      class: "thread-summary",
      "data-focus": "thread",
      onclick: () => go({ thread: message.ts, message: null }),
    },
    el("span", { class: "faces" }, faces),
    el("b", {}, words),
    el("span", { class: "last" }, `Last reply ${last}`),
  );
}

/** What shows beside a message when one points at it or comes to it by keyboard. */
function tools(message, channel, inThread) {
  if (message.is_ephemeral) return "";
  const place = { channel, message, inThread };
  const react = tool("smile", "Add reaction", () => openBoard(react, channel, message));
  const reply = inThread
    ? null
    : tool("reply", "Reply in thread", () => go({ thread: message.thread_ts ?? message.ts, message: null }));
  const more = tool("more", "More actions", () =>
    openMessageMenu(more, place, {
      react: () => openBoard(more, channel, message),
      edit: () => startEditing(message),
    }),
  );
  more.setAttribute("aria-haspopup", "menu");
  return el("div", { class: "tools", role: "group", "aria-label": "Message actions" }, react, reply, more);
}

function tool(name, label, run) {
  return el(
    "button",
    {
      type: "button",
      class: `icon-button ${name}`,
      "aria-label": label,
      title: label,
      "data-focus": name,
      onclick: run,
    },
    icon(name),
  );
}

/** Return the words of a message, for announcements and labels. */
export function wordsOfMessage(message) {
  return plainOf(message.text ?? "") || (message.files?.length ? "a file" : "a message");
}

export { authorOf };
