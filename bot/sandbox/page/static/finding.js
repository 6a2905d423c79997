// Finds what can be chosen in a select: its own options, people, channels, or what the bot suggests.

import { wordsOf } from "./mrkdwn.js";
import { channelOf, nameOf, personOf, titleOf, world } from "./state.js";

const seen = new Map();

/** Return the options that match what was typed, or {options: [], nothing: "why"}. */
export async function findChoices(element, typed, suggest) {
  const kind = element.type.replace("multi_", "");
  if (kind === "external_select") return suggested(element, typed, suggest);
  const all = {
    static_select: ownOptions,
    users_select: people,
    channels_select: channels,
    conversations_select: conversations,
  }[kind](element);
  const wanted = typed.trim().toLowerCase();
  return all.filter((option) => `${option.label} ${option.note ?? ""}`.toLowerCase().includes(wanted));
}

/** Return the option that stands for an answer given earlier. */
export function foundBefore(element, value) {
  if (element.type.includes("users_")) return person(personOf(value) ?? { id: value });
  if (element.type.includes("channels_") || element.type.includes("conversations_"))
    return channel(channelOf(value) ?? { id: value, name: value });
  return (
    seen.get(`${element.action_id} ${value}`) ??
    ownOptions(element).find((option) => option.value === value) ?? { value, label: value }
  );
}

function ownOptions(element) {
  const initial = [element.initial_option, element.initial_options].flat().filter(Boolean);
  const groups = element.option_groups ?? [{ options: element.options ?? initial }];
  return groups.flatMap((group) => group.options.map((option) => asChoice(option, group.label)));
}

function asChoice(option, group) {
  return {
    value: option.value,
    label: wordsOf(option.text),
    note: option.description ? wordsOf(option.description) : null,
    group: group ? wordsOf(group) : null,
  };
}

async function suggested(element, typed, suggest) {
  const least = element.min_query_length ?? 3;
  if (typed.trim().length < least)
    return { options: [], nothing: `Type at least ${least} ${least === 1 ? "letter" : "letters"}` };
  const reply = await suggest(typed.trim());
  if (!reply.ok) return { options: [], nothing: "The suggestions did not arrive. Try again." };
  const options = ownOptions(reply);
  for (const option of options) seen.set(`${element.action_id} ${option.value}`, option);
  return options;
}

const person = ({ id, name, title, is_bot: isBot }) => ({
  value: id,
  label: nameOf(id),
  note: isBot ? "App" : title || (name ? `@${name}` : null),
});
const channel = (one) => ({ value: one.id, label: one.kind ? titleOf(one) : one.name });

const people = () => world.state.people.filter((one) => !one.deleted).map(person);
const channels = () =>
  world.state.channels.filter((one) => one.kind === "channel" && !one.is_archived).map(channel);

function conversations(element) {
  const kinds = element.filter?.include?.map((kind) => (kind === "public" ? "channel" : kind)) ?? [
    "channel",
    "private",
    "im",
  ];
  const skipBots = element.filter?.exclude_bot_users;
  const wanted = (one) =>
    kinds.includes(one.kind) &&
    !one.is_archived &&
    !(skipBots && one.kind === "im" && personOf(one.person)?.is_bot);
  return world.state.channels.filter(wanted).map(channel);
}
