// The commands Slack has by itself, of which a community of practice needs two.

import { act } from "./api.js";
import { encoded } from "./names.js";
import { personOf, world } from "./state.js";

export const BUILT_IN = [
  {
    command: "/invite",
    usage_hint: "@someone",
    description: "Bring someone, or an app, into this channel",
    run: invite,
  },
  { command: "/leave", usage_hint: "", description: "Leave this channel", run: leave },
];

/** Run a built-in command; resolves to what to tell the person, or null. */
export async function runBuiltIn(typed, as, channel) {
  const [command, ...words] = typed.split(" ");
  const known = BUILT_IN.find((one) => one.command === command);
  return known.run(as, channel, words.join(" "));
}

export const isBuiltIn = (typed) => BUILT_IN.some(({ command }) => command === typed.split(" ")[0]);

async function invite(as, channel, text) {
  const picked = [...encoded(text).matchAll(/<@(\w+)>/g)].map(([, id]) => id);
  const typed = text.match(/@[\w.-]+/g)?.map((name) => name.slice(1).toLowerCase()) ?? [];
  const named = world.state.people.filter(({ name }) => typed.includes(name)).map(({ id }) => id);
  const people = [...new Set([...picked, ...named])];
  if (!people.length) return "Say who, for example `/invite @" + world.state.bot.name + "`.";
  const replies = await Promise.all(people.map((user) => act(as, "invite", { channel, user })));
  const failed = people.filter((_, at) => !replies[at].ok).map((id) => personOf(id)?.real_name);
  return failed.length ? `${failed.join(", ")} could not be invited; perhaps they are here already.` : null;
}

async function leave(as, channel) {
  const reply = await act(as, "leave", { channel });
  return reply.ok ? null : reply.error;
}
