// Draws rich text: what people type in the editor, and what the bot writes without any markup at risk.

import { el } from "./dom.js";
import { formatted } from "./dates.js";
import { pictureOf } from "./emoji.js";
import { broadcastNode, channelNode, emojiNode, linkNode, mentionNode } from "./mrkdwn.js";
import { world } from "./state.js";

const PARTS = {
  rich_text_section: (part) => el("p", { class: "rich" }, part.elements.map(piece)),
  rich_text_preformatted: (part) => el("pre", {}, el("code", {}, part.elements.map(piece))),
  rich_text_quote: (part) => el("blockquote", {}, part.elements.map(piece)),
  rich_text_list: list,
};

const PIECES = {
  text: (item) => item.text,
  link: (item) => linkNode(item.url, item.text || item.url),
  user: (item) => mentionNode(item.user_id),
  channel: (item) => channelNode(item.channel_id),
  usergroup: () => el("span", { class: "mention" }, "@group"),
  broadcast: (item) => broadcastNode(item.range),
  emoji: (item) => emojiNode(item.name),
  color: (item) => el("code", {}, item.value),
  date: (item) =>
    el(
      "time",
      {},
      formatted(item.timestamp, item.format, new Date(world.state.clock.now), world.state.me.tz),
    ),
};

/** Return the nodes of a rich_text block. */
export function richText(block) {
  return block.elements.map((part) => PARTS[part.type]?.(part)).filter(Boolean);
}

function list(part) {
  const ordered = part.style === "ordered";
  const items = part.elements.map((item) => el("li", {}, item.elements.map(piece)));
  const start = ordered && part.offset ? String(part.offset + 1) : null;
  return el(ordered ? "ol" : "ul", { class: `rich indent-${part.indent ?? 0}`, start }, items);
}

function piece(item) {
  const node = PIECES[item.type]?.(item) ?? "";
  const { bold, italic, strike, code, underline } = item.style ?? {};
  const tags = [code && "code", bold && "b", italic && "i", strike && "s", underline && "u"].filter(Boolean);
  return tags.reduce((inner, tag) => el(tag, {}, inner), node);
}

/** Return the words of a rich_text block, one line a part. */
export function wordsOfRichText(block) {
  const words = (item) =>
    item.text ?? item.url ?? (item.name ? (pictureOf(item.name) ?? `:${item.name}:`) : "") ?? "";
  const line = (part) =>
    (part.elements ?? []).map((item) => (item.elements ? line(item) : words(item))).join("");
  return block.elements.map(line).join("\n");
}
