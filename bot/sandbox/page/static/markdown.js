// Draws standard Markdown, which the bot may use in a markdown block.

import { el } from "./dom.js";
import { emojiNode, linkNode } from "./mrkdwn.js";

const INLINE = new RegExp(
  [
    "`(?<code>[^`\\n]+)`",
    "\\*\\*(?<bold>[^*\\n]+)\\*\\*",
    "~~(?<strike>[^~\\n]+)~~",
    "(?<![\\w*])[*_](?<italic>[^*_\\s][^*_\\n]*)[*_](?!\\w)",
    "\\[(?<label>[^\\]\\n]+)\\]\\((?<url>[^)\\s]+)\\)",
    ":(?<emoji>[a-z0-9_+'-]+):",
  ].join("|"),
  "g",
);
const FENCE = /```\w*\n?([\s\S]*?)```/;
const HEADING = /^(#{1,6}) (.*)/;
const BULLET = /^\s*[-*+] (.*)/;
const NUMBER = /^\s*\d+[.)] (.*)/;

/** Return the nodes of a Markdown text: headings, lists, quotes, code and what stands inside lines. */
export function markdown(text) {
  // Every second part is what stood between two fences.
  return text.split(FENCE).map((part, at) => {
    if (at % 2) return el("pre", {}, el("code", {}, part.replace(/\n$/, "")));
    return part
      .split(/\n{2,}|\n(?=#{1,6} )/)
      .filter((one) => one.trim())
      .map((one) => paragraph(one.trim()));
  });
}

function paragraph(part) {
  const lines = part.split("\n");
  const heading = HEADING.exec(lines[0]);
  if (heading)
    return [el("h4", {}, inline(heading[2])), lines.length > 1 ? paragraph(lines.slice(1).join("\n")) : null];
  if (lines.every((line) => BULLET.test(line)))
    return el(
      "ul",
      {},
      lines.map((line) => el("li", {}, inline(BULLET.exec(line)[1]))),
    );
  if (lines.every((line) => NUMBER.test(line)))
    return el(
      "ol",
      {},
      lines.map((line) => el("li", {}, inline(NUMBER.exec(line)[1]))),
    );
  if (lines.every((line) => line.startsWith(">")))
    return el("blockquote", {}, inline(part.replace(/^> ?/gm, "")));
  return el("p", { class: "lines" }, inline(part));
}

function inline(text) {
  const nodes = [];
  let from = 0;
  for (const found of text.matchAll(INLINE)) {
    nodes.push(text.slice(from, found.index), drawn(found.groups));
    from = found.index + found[0].length;
  }
  return [...nodes, text.slice(from)];
}

function drawn({ code, bold, strike, italic, label, url, emoji }) {
  if (code) return el("code", {}, code);
  if (bold) return el("b", {}, inline(bold));
  if (strike) return el("s", {}, inline(strike));
  if (italic) return el("i", {}, inline(italic));
  return label ? linkNode(url, label) : emojiNode(emoji);
}
