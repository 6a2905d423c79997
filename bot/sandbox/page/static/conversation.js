// The middle of the page: one channel or direct message, its messages and the box to write in.

import { act } from "./api.js";
import { composer } from "./composer.js";
import { el, fill, fillWhenChanged, icon } from "./dom.js";
import { drawHome } from "./home.js";
import { openMenu } from "./menus.js";
import { mrkdwn } from "./mrkdwn.js";
import { drawMessages } from "./messages.js";
import { notesIn } from "./notes.js";
import { notice } from "./notices.js";
import { go, isBotChannel, nameOf, openChannel, openTab, showEarlier, titleOf, world } from "./state.js";

/** Draw the conversation that is open. */
export function drawConversation(root) {
  const channel = openChannel();
  if (!channel) {
    root.dataset.shows = "";
    fill(root, el("p", { class: "empty" }, "Choose a channel, or talk with ", world.state.bot.name, "."));
    return;
  }
  const tab = openTab();
  const shows = `${world.state.me.id} ${channel.id} ${tab} ${channel.is_member}`;
  if (root.dataset.shows !== shows) {
    root.dataset.shows = shows;
    root.dataset.channel = channel.id;
    fill(
      root,
      el("header", { class: "bar" }),
      tab === "home"
        ? el("div", { class: "home", role: "tabpanel", "aria-label": "Home" })
        : messageArea(channel),
    );
  }
  drawBar(root.querySelector("header"), channel, tab);
  if (tab === "home") drawHome(root.querySelector(".home"));
  else drawArea(root, channel);
}

function messageArea(channel) {
  return [
    el(
      "div",
      { class: "scroller", tabindex: "0", role: "region", "aria-label": `Messages in ${titleOf(channel)}` },
      el("div", { class: "earlier" }),
      el("ol", { class: "messages", role: "list" }),
    ),
    channel.is_member ? composer(channel.id, null, `Message ${titleOf(channel)}`) : joinBar(channel),
  ];
}

function joinBar(channel) {
  return el(
    "div",
    { class: "join" },
    el("p", {}, "You are not in ", el("b", {}, titleOf(channel)), "."),
    el(
      "button",
      { type: "button", class: "button primary", onclick: () => change("join", channel) },
      "Join channel",
    ),
  );
}

function drawArea(root, channel) {
  const { place, messages, has_earlier: hasEarlier } = world.state;
  const scroller = root.querySelector(".scroller");
  const isHere = place.channel === channel.id;
  scroller.setAttribute("aria-busy", String(!isHere));
  if (!isHere) return;
  fillWhenChanged(scroller.querySelector(".earlier"), [channel.id, hasEarlier], () =>
    hasEarlier
      ? el(
          "button",
          { type: "button", class: "button", "data-focus": "earlier", onclick: showEarlier },
          "Show earlier messages",
        )
      : el("p", { class: "beginning" }, beginning(channel)),
  );
  const all = [...messages, ...notesIn(channel.id)].sort((a, b) => Number(a.ts) - Number(b.ts));
  drawMessages(scroller.querySelector("ol"), all, { channel: channel.id, inThread: false });
}

function beginning(channel) {
  if (channel.kind === "im")
    return ["This is the beginning of your conversation with ", el("b", {}, titleOf(channel)), "."];
  return ["This is the beginning of ", el("b", {}, titleOf(channel)), "."];
}

function drawBar(bar, channel, tab) {
  fillWhenChanged(
    bar,
    [channel.name, channel.topic, channel.members, channel.is_member, tab, channel.members.map(nameOf)],
    () => barOf(channel, tab),
  );
}

function barOf(channel, tab) {
  const isBots = isBotChannel(channel);
  const more = el(
    "button",
    {
      type: "button",
      class: "icon-button",
      "aria-label": "Channel actions",
      "aria-haspopup": "menu",
      "data-focus": "more",
      onclick: () => openMenu(more, channelItems(openChannel()), { label: "Channel actions" }),
    },
    icon("more"),
  );
  return [
    el(
      "button",
      {
        type: "button",
        class: "icon-button back",
        "aria-label": "Back to channels",
        "data-focus": "back",
        onclick: () => go({ at: null, thread: null }),
      },
      icon("back"),
    ),
    el(
      "h1",
      {},
      channel.is_private ? icon("lock") : null,
      titleOf(channel),
      isBots ? el("span", { class: "badge" }, "App") : null,
    ),
    isBots ? tabs(tab) : el("p", { class: "topic" }, channel.topic ? mrkdwn(channel.topic) : null),
    channel.kind === "im" ? null : [memberCount(channel), more],
  ];
}

function memberCount(channel) {
  const names = channel.members.map(nameOf).join(", ");
  const button = el(
    "button",
    {
      type: "button",
      class: "members",
      "data-focus": "members",
      "aria-haspopup": "menu",
      title: names,
      "aria-label": `${channel.members.length} members`,
      onclick: () =>
        openMenu(
          button,
          channel.members.map((id) => ({ label: nameOf(id), note: titleOfPerson(id), run: () => {} })),
          { label: "Members" },
        ),
    },
    icon("people"),
    String(channel.members.length),
  );
  return button;
}

const titleOfPerson = (id) =>
  id === world.state.bot.user_id ? "App" : world.state.people.find((person) => person.id === id)?.title;

function tabs(tab) {
  const one = (name, label) =>
    el(
      "button",
      {
        type: "button",
        role: "tab",
        "aria-selected": String(tab === name),
        "data-focus": name,
        onclick: () => openBotTab(name),
      },
      label,
    );
  return el(
    "div",
    { class: "tabs", role: "tablist", "aria-label": world.state.bot.name },
    one("home", "Home"),
    one("messages", "Messages"),
  );
}

/** Go to a tab of the bot's conversation; the bot is told that it was opened. */
export function openBotTab(tab) {
  go({ at: world.state.bot.channel, tab, thread: null, message: null });
}

function channelItems(channel) {
  const { people, bot, me } = world.state;
  const away = people.filter((person) => !person.deleted && !channel.members.includes(person.id));
  const invite = away
    .sort((a, b) => (b.id === bot.user_id) - (a.id === bot.user_id))
    .map((person) => ({
      label: `Invite ${nameOf(person.id)}`,
      dataset: { person: person.id },
      run: () => change("invite", channel, { user: person.id }),
    }));
  const own = channel.members.includes(me.id)
    ? { label: "Leave channel", danger: true, run: () => change("leave", channel) }
    : { label: "Join channel", run: () => change("join", channel) };
  return channel.members.includes(me.id) ? [...invite, ...(invite.length ? ["-"] : []), own] : [own];
}

async function change(type, channel, details = {}) {
  const reply = await act(world.state.me.id, type, { channel: channel.id, ...details });
  if (!reply.ok) notice(reply.error);
}
