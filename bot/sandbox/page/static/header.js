// The line on top: whose workspace it is, what time it is there, and who one is.

import { avatar } from "./avatars.js";
import { clockPrint, drawClock } from "./clock.js";
import { el, fillWhenChanged, icon } from "./dom.js";
import { openMenu } from "./menus.js";
import { go, isBotChannel, nameOf, openChannel, world } from "./state.js";

/** Draw the line. */
export function drawHeader(root) {
  if (!root.children.length)
    root.append(el("p", { class: "team" }), el("div", { class: "clock" }), el("div", { class: "person" }));
  const [team, clock, person] = root.children;
  const { me } = world.state;
  fillWhenChanged(team, [world.state.team, world.connected], drawTeam);
  fillWhenChanged(clock, clockPrint(), drawClock);
  fillWhenChanged(person, me, () => drawWho(me));
}

function drawTeam() {
  const words = world.connected ? "A local Slack, on this computer only" : "Connecting …";
  return [el("b", {}, world.state.team.name), el("small", {}, words)];
}

function drawWho(me) {
  const who = el(
    "button",
    {
      type: "button",
      class: "who",
      "data-focus": "who",
      "data-person": me.id,
      "aria-haspopup": "menu",
      "aria-label": `You are ${nameOf(me.id)}. Be someone else`,
      onclick: () => openMenu(who, people(), { label: "Be someone else" }),
    },
    avatar({ id: me.id, name: nameOf(me.id) }),
    el("span", {}, el("small", {}, "You are"), el("b", {}, nameOf(me.id))),
    icon("down"),
  );
  return who;
}

function people() {
  return world.state.people
    .filter((person) => !person.is_bot && !person.deleted)
    .map((person) => ({
      label: nameOf(person.id),
      note: person.title || (person.is_admin ? "Admin" : null),
      checked: person.id === world.state.me.id,
      dataset: { person: person.id },
      run: () => become(person.id),
    }));
}

/** Look through someone else's eyes, at the same place where they can see it. */
function become(id) {
  const here = openChannel();
  const stays = here && here.kind === "channel";
  // The bot's conversation is another channel for each person; the server says which.
  go({
    as: id,
    at: stays ? here.id : isBotChannel(here) ? "bot" : null,
    thread: stays ? world.place.thread : null,
    message: null,
  });
}
