// Knows which links lead to a place in this page: messages, channels, the bot's home.

import { channelOf, world } from "./state.js";

const MESSAGE = /\/archives\/([CDG]\w+)(?:\/p(\d{10})(\d{6}))?(?:\?.*thread_ts=([\d.]+))?/;
const APP = /^slack:\/\/app\?|\/app_redirect\?app=/;
const CHANNEL = /^slack:\/\/channel\?|\/app_redirect\?channel=/;

/** Return the address inside the page for parts of a place, or for a link of Slack's; null for other links. */
export function inPage(target) {
  if (typeof target !== "string")
    return `#${new URLSearchParams(named({ ...world.place, message: null, ...target }))}`;
  if (APP.test(target))
    return inPage({ at: world.state.bot.channel, tab: parameter(target, "tab") ?? "home", thread: null });
  if (CHANNEL.test(target))
    return inPage({ at: parameter(target, "id") ?? parameter(target, "channel"), thread: null });
  const [, channel, seconds, micro, thread] = MESSAGE.exec(target) ?? [];
  if (!channel || !channelOf(channel)) return null;
  const message = seconds ? `${seconds}.${micro}` : null;
  return inPage({
    at: channel,
    message,
    tab: "messages",
    thread: thread && thread !== message ? thread : null,
  });
}

function named(parts) {
  return Object.entries(parts).filter(([, value]) => value);
}

function parameter(address, name) {
  return new URLSearchParams(address.split("?")[1]).get(name);
}

/** Return the link that others can follow to a message. */
export function linkTo(channel, message) {
  const thread =
    message.thread_ts && message.thread_ts !== message.ts
      ? `?thread_ts=${message.thread_ts}&cid=${channel}`
      : "";
  return `${location.origin}/archives/${channel}/p${message.ts.replace(".", "")}${thread}`;
}
