// Completes what is being typed: commands at the start, @people, #channels and :emoji: anywhere.

import { BUILT_IN } from "./builtins.js";
import { namesLike, pictureOf } from "./emoji.js";
import { nameOf, personOf, world } from "./state.js";

const MOST = 8;

/**
 * Return {from, items: [{label, note, insert}]} for the words before the caret; `from` is where what
 * gets replaced begins. Threads have no commands.
 */
export function suggestionsFor(text, caret, { inThread, channel }) {
  const before = text.slice(0, caret);
  if (/^\/\S*$/.test(before) && !inThread) return { from: 0, items: commands(before) };
  const [, sign, typed] = /(?:^|\s)([@#:])([^\s@#:]*(?: [^\s@#:]*)?)$/.exec(before) ?? [];
  if (!sign) return { from: caret, items: [] };
  const items = { "@": people, "#": channels, ":": emoji }[sign](typed.toLowerCase(), channel);
  return { from: caret - typed.length - 1, items: items.slice(0, MOST) };
}

function commands(typed) {
  return allCommands()
    .filter(({ command }) => command.startsWith(typed.toLowerCase()))
    .map(({ command, usage_hint: hint, description }) => ({
      label: command,
      hint,
      note: description,
      insert: `${command} `,
    }));
}

function people(typed, channel) {
  const here = new Set(channel?.members ?? []);
  const fits = ({ id, name }) =>
    [...nameOf(id).toLowerCase().split(" "), nameOf(id).toLowerCase(), name].some((word) =>
      word.startsWith(typed),
    );
  return world.state.people
    .filter((person) => !person.deleted && person.id !== world.state.me.id && fits(person))
    .sort((a, b) => here.has(b.id) - here.has(a.id))
    .map(({ id, name }) => ({
      label: nameOf(id),
      note: personOf(id).title || `@${name}`,
      insert: `@${nameOf(id)} `,
    }));
}

function channels(typed) {
  return world.state.channels
    .filter((one) => one.kind !== "im" && one.name.startsWith(typed))
    .map(({ name, topic }) => ({ label: `#${name}`, note: topic, insert: `#${name} ` }));
}

function emoji(typed) {
  if (typed.length < 2) return [];
  return namesLike(typed, MOST).map((name) => ({
    label: `${pictureOf(name)} :${name}:`,
    insert: `:${name}: `,
  }));
}

/** Return the command that a text begins with, or null. */
export function commandIn(text) {
  const [first] = text.split(" ");
  return allCommands().find(({ command }) => command === first) ?? null;
}

const allCommands = () => [...world.state.commands, ...BUILT_IN];
