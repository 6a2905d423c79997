// Turns Slack's way of marking up text (*bold*, <@person>, :emoji:, > quotes …) into what one reads.

import { el, safeLink } from "./dom.js";
import { formatted } from "./dates.js";
import { pictureOf } from "./emoji.js";
import { inPage } from "./links.js";
import { channelOf, nameOf, world } from "./state.js";

// One expression, tried at each place once, so that thousands of stars and backticks stay cheap.
const INLINE = new RegExp(
  [
    "`(?<code>[^`\\n]+)`",
    "<(?<token>[^<>\\n]+)>",
    "(?<![\\w*])\\*(?<bold>[^\\s*](?:[^*\\n]*[^\\s*])?)\\*(?![\\w*])",
    "(?<![\\w_])_(?<italic>[^\\s_](?:[^_\\n]*[^\\s_])?)_(?![\\w_])",
    "(?<![\\w~])~(?<strike>[^\\s~](?:[^~\\n]*[^\\s~])?)~(?![\\w~])",
    ":(?<emoji>[a-z0-9_+'-]+(?:::skin-tone-[2-6])?):",
    "(?<url>https?://[^\\s<>|]+[^\\s<>|.,;:!?)'\"*_~])",
  ].join("|"),
  "g",
);
const FENCE = /```\n?([\s\S]*?)```/g;
const QUOTED = /^(?:>|&gt;) ?/;

/** Return the nodes of a marked-up text; `verbatim` leaves bare addresses as they are. */
export function mrkdwn(text, { verbatim = false } = {}) {
  const nodes = [];
  let from = 0;
  for (const found of text.matchAll(FENCE)) {
    nodes.push(...lines(text.slice(from, found.index).replace(/\n$/, ""), verbatim));
    nodes.push(el("pre", {}, el("code", {}, plainOf(found[1].replace(/\n$/, "")))));
    from = found.index + found[0].length;
  }
  nodes.push(...lines(text.slice(from).replace(from ? /^\n/ : /^$/, ""), verbatim));
  return nodes;
}

function lines(text, verbatim) {
  if (!text) return [];
  const parts = [];
  for (const line of text.split("\n")) {
    const quoted = QUOTED.test(line);
    const content = quoted ? line.replace(QUOTED, "") : line;
    const last = parts.at(-1);
    if (last && last.quoted === quoted) last.lines.push(content);
    else parts.push({ quoted, lines: [content] });
  }
  return parts.map((part) => {
    const content = inline(part.lines.join("\n"), verbatim);
    return part.quoted ? el("blockquote", {}, content) : el("span", { class: "lines" }, content);
  });
}

function inline(text, verbatim) {
  const nodes = [];
  let from = 0;
  for (const found of text.matchAll(INLINE)) {
    nodes.push(decoded(text.slice(from, found.index)), drawn(found, verbatim));
    from = found.index + found[0].length;
  }
  nodes.push(decoded(text.slice(from)));
  return nodes;
}

function drawn(found, verbatim) {
  const { code, token, bold, italic, strike, emoji, url } = found.groups;
  if (code) return el("code", {}, plainOf(code));
  if (token) return tokenNode(token);
  if (bold) return el("b", {}, inline(bold, verbatim));
  if (italic) return el("i", {}, inline(italic, verbatim));
  if (strike) return el("s", {}, inline(strike, verbatim));
  if (emoji) return emojiNode(emoji);
  return verbatim ? decoded(url) : linkNode(decoded(url), decoded(url));
}

/** Undo Slack's three escapes. */
export function decoded(text) {
  return text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
}

/** Return the node of what stood between < and >. */
function tokenNode(token) {
  const [target, label] = token.split("|", 2);
  if (/^@[UW]/.test(target)) return mentionNode(target.slice(1));
  if (/^#[CG]/.test(target)) return channelNode(target.slice(1), label);
  if (target.startsWith("!date^")) return dateNode(target, label);
  if (target.startsWith("!subteam^")) return el("span", { class: "mention" }, decoded(label ?? "@group"));
  if (/^!(here|channel|everyone)/.test(target)) return broadcastNode(target.slice(1));
  return linkNode(decoded(target), decoded(label ?? target.replace(/^mailto:/, "")));
}

export function mentionNode(person) {
  const mine = person === world.state.me.id;
  return el(
    "span",
    { class: mine ? "mention mine" : "mention", "data-person": person },
    `@${nameOf(person)}`,
  );
}

export const broadcastNode = (range) => el("span", { class: "mention mine" }, `@${range}`);

export function channelNode(id, label) {
  const name = channelOf(id)?.name ?? label;
  if (!name) return el("span", { class: "mention" }, "#private-channel");
  return el(
    "a",
    { class: "mention", href: inPage({ at: id, thread: null }), "data-channel": id },
    `#${decoded(name)}`,
  );
}

function dateNode(target, fallback) {
  const [, unix, format, link] = target.split("^");
  const { me, clock } = world.state;
  const said =
    /^\d+$/.test(unix) && format
      ? formatted(Number(unix), format, new Date(clock.now), me.tz)
      : decoded(fallback ?? "");
  const time = el("time", { title: decoded(fallback ?? "") }, said);
  return link && safeLink(link) ? linkNode(link, time) : time;
}

/** Return a link, or only its words when the address is not one to follow. */
export function linkNode(address, label) {
  const inside = inPage(address);
  if (inside) return el("a", { href: inside }, label);
  const href = safeLink(address);
  return href
    ? el("a", { href, target: "_blank", rel: "noopener noreferrer" }, label)
    : el("span", {}, label);
}

export function emojiNode(name) {
  const picture = pictureOf(name);
  if (!picture) return `:${name}:`;
  return el("span", { class: "emoji", role: "img", "aria-label": `:${name}:`, title: `:${name}:` }, picture);
}

/** Return the words of a marked-up text, for labels and announcements. */
export function plainOf(text) {
  return decoded(
    text
      .replace(/<@([UW]\w+)[^>]*>/g, (_, id) => `@${nameOf(id)}`)
      .replace(/<#(\w+)\|?([^>]*)>/g, (_, id, name) => `#${channelOf(id)?.name ?? name}`)
      .replace(/<!date\^[^|>]*\|([^>]*)>/g, "$1")
      .replace(/<!(\w+)[^>]*>/g, "@$1")
      .replace(/<([^|>]+)\|([^>]+)>/g, "$2")
      .replace(/<([^>]+)>/g, "$1"),
  );
}

/** Return the nodes of a text object; plain text only gets its emoji. */
export function textObject(object) {
  if (!object) return [];
  if (typeof object === "string") return [object];
  if (object.type === "mrkdwn") return mrkdwn(object.text, object);
  return [el("span", { class: "lines" }, withEmoji(object.text))];
}

/** Return plain text with its emoji's short names drawn. */
export function withEmoji(text) {
  return decoded(text)
    .split(/(:[a-z0-9_+'-]+:)/)
    .map((part) => {
      const name = /^:(.+):$/.exec(part)?.[1];
      return name ? emojiNode(name) : part;
    });
}

/** Return the words of a text object. */
export const wordsOf = (object) => (object ? plainOf(typeof object === "string" ? object : object.text) : "");
