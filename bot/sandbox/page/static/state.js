// What the page knows: who one is, where one is, and what one sees there.

import { fetchState, listen } from "./api.js";

const PAGE_OF_MESSAGES = 100;
const REST_BETWEEN_LOOKS = 60; // milliseconds; a burst of changes is fetched once

/** Live: replaced piece by piece whenever the local Slack tells of a change. */
export const world = { place: {}, state: null, connected: true, limit: PAGE_OF_MESSAGES };

const watchers = new Set();
let stopListening = null;
let listeningAs = null;
let looking = false;
let lookAgain = false;

/** Call `watcher` after each change. */
export function watch(watcher) {
  watchers.add(watcher);
}

export function changed() {
  for (const watcher of watchers) watcher(world);
}

/** Start from the address in the browser's bar. */
export async function start() {
  window.addEventListener("hashchange", arrive);
  await arrive();
}

async function arrive() {
  const before = world.place;
  world.place = Object.fromEntries(new URLSearchParams(location.hash.slice(1)));
  if (before.at !== world.place.at) world.limit = PAGE_OF_MESSAGES;
  if (world.state) changed();
  await look();
}

/**
 * Go somewhere: {as, at, thread, tab, message}; null leaves a part out, what is not named stays.
 * A detour leads on from an address that cannot be, which the browser's way back then skips.
 */
export function go(parts, { detour = false } = {}) {
  const place = { ...world.place, ...parts };
  const named = Object.entries(place).filter(([, value]) => value);
  const address = `#${new URLSearchParams(named)}`;
  if (detour) location.replace(address);
  else location.hash = address;
}

/** Fetch again what is seen; calls that come while one is under way are answered by one more. */
export async function look() {
  if (looking) {
    lookAgain = true;
    return;
  }
  looking = true;
  try {
    do {
      lookAgain = false;
      await lookOnce();
      await new Promise((done) => setTimeout(done, REST_BETWEEN_LOOKS));
    } while (lookAgain);
  } finally {
    looking = false;
  }
}

async function lookOnce() {
  const { as, at, thread } = world.place;
  try {
    world.state = await fetchState({ as, channel: at, thread, limit: world.limit });
    world.connected = true;
  } catch {
    world.connected = false;
    setTimeout(look, 1000);
  }
  if (world.state) {
    listenAs(world.state.me.id);
    changed();
  }
}

function listenAs(person) {
  if (person === listeningAs) return;
  stopListening?.();
  listeningAs = person;
  stopListening = listen(person, {
    changed: look,
    connected: (yes) => {
      // After a pause anything may have been missed.
      if (yes && !world.connected) look();
      world.connected = yes;
      changed();
    },
  });
}

/** Show more of what was said earlier. */
export function showEarlier() {
  world.limit += PAGE_OF_MESSAGES;
  return look();
}

export const me = () => world.state.me;
export const personOf = (id) => world.state.people.find((person) => person.id === id);
export const channelOf = (id) => world.state.channels.find((channel) => channel.id === id);
export const openChannel = () => channelOf(world.place.at);
export const isBotChannel = (channel) => Boolean(channel) && channel.id === world.state.bot.channel;

/** Return how a person is called on screen. */
export function nameOf(id) {
  const person = personOf(id);
  return person ? person.real_name || person.name : id;
}

/** Return how a channel is called on screen: "#math-circle", or the other person's name. */
export function titleOf(channel) {
  return channel.kind === "im" ? nameOf(channel.person) : `#${channel.name}`;
}

/** Return which tab of the bot's conversation is open. */
export function openTab() {
  return isBotChannel(openChannel()) ? world.place.tab || "home" : "messages";
}
