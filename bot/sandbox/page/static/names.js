// Goes between what one types, "@Ana Ruiz", and what Slack keeps, "<@U1>".

import { decoded } from "./mrkdwn.js";
import { nameOf, world } from "./state.js";

/** Return a text with the names of people and channels as Slack keeps them. */
export function encoded(text) {
  const people = world.state.people.map(({ id }) => [`@${nameOf(id)}`, `<@${id}>`]);
  const channels = world.state.channels
    .filter((one) => one.kind !== "im")
    .map(({ id, name }) => [`#${name}`, `<#${id}>`]);
  const names = [...people, ...channels].sort(([a], [b]) => b.length - a.length);
  let rest = text;
  let done = "";
  while (rest) {
    const boundary = !done || /[^\w@#]$/.test(done);
    const name =
      boundary && names.find(([typed]) => rest.startsWith(typed) && !/^[\w-]/.test(rest.slice(typed.length)));
    done += name ? name[1] : rest[0];
    rest = rest.slice(name ? name[0].length : 1);
  }
  return done;
}

/** Return a kept text as one would type it. */
export function readable(text) {
  return decoded(
    text
      .replace(/<@([UW]\w+)[^>]*>/g, (_, id) => `@${nameOf(id)}`)
      .replace(
        /<#(\w+)(?:\|([^>]*))?>/g,
        (_, id, name) => `#${world.state.channels.find((one) => one.id === id)?.name ?? name}`,
      )
      .replace(/<!(\w+)[^>]*>/g, "@$1")
      .replace(/<(https?:[^|>]+)(?:\|[^>]*)?>/g, "$1"),
  );
}
