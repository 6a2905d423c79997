// The list at the left: channels, direct messages and the bot, with marks for what is unread.

import { avatar } from "./avatars.js";
import { el, icon, reconcile } from "./dom.js";
import { inPage } from "./links.js";
import { isBotChannel, nameOf, titleOf, world } from "./state.js";

/** Draw the list. */
export function drawSidebar(root) {
  const { channels, people } = world.state;
  const shown = channels.filter((one) => !one.is_archived);
  const known = (one) => people.some(({ id }) => id === one.person);
  const parts = [
    ["Channels", shown.filter((one) => one.kind !== "im" && one.is_member).sort(byName)],
    ["More channels", shown.filter((one) => one.kind === "channel" && !one.is_member).sort(byName)],
    ["Direct messages", shown.filter((one) => one.kind === "im" && !isBotChannel(one) && known(one))],
    ["Apps", shown.filter(isBotChannel)],
  ];
  reconcile(
    root,
    parts.filter(([, rows]) => rows.length),
    {
      key: ([title]) => title,
      fingerprint: ([title]) => title,
      draw: ([title]) => el("section", {}, el("h2", {}, title), el("ul")),
    },
  );
  for (const [title, rows] of parts) drawRows(root.querySelector(`[data-key="${title}"] ul`), rows);
}

function drawRows(list, channels) {
  if (!list) return;
  reconcile(list, channels, {
    key: ({ id }) => id,
    fingerprint: (one) =>
      JSON.stringify([
        titleOf(one),
        one.unread,
        one.mentions,
        one.is_member,
        one.id === world.place.at,
        world.place.as,
      ]),
    draw: row,
  });
}

const byName = (a, b) => a.name.localeCompare(b.name);

function row(channel) {
  const { unread, mentions, is_member: isMember } = channel;
  const isOpen = channel.id === world.place.at;
  const says = unread ? `${titleOf(channel)}, ${unread} unread` : titleOf(channel);
  const tab = isBotChannel(channel) && unread ? "messages" : null;
  return el(
    "li",
    {},
    el(
      "a",
      {
        href: inPage({ at: channel.id, thread: null, tab }),
        "data-channel": channel.id,
        "data-focus": channel.id,
        "aria-label": says,
        "aria-current": isOpen ? "page" : null,
        class: `${unread ? "unread" : ""}${isMember ? "" : " other"}`,
      },
      sign(channel),
      el("span", { class: "name" }, channel.kind === "im" ? titleOf(channel) : channel.name),
      mentions ? el("span", { class: "count", "aria-hidden": "true" }, String(mentions)) : null,
    ),
  );
}

function sign(channel) {
  if (channel.kind !== "im") return icon(channel.is_private ? "lock" : "hash");
  return avatar({ id: channel.person, name: nameOf(channel.person), isApp: isBotChannel(channel) });
}
