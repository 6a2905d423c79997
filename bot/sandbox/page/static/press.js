// Carries what one presses or chooses to the bot, and says so when the bot does not answer.

import { act } from "./api.js";
import { answersOf } from "./answers.js";
import { ask } from "./dialogs.js";
import { el } from "./dom.js";
import { announce } from "./notices.js";
import { world } from "./state.js";

/**
 * Press an element with an answer: the value of an option, a list of such, a date, a person's id …
 * A `spot` says where it stands: {surface, where, blocks}. Asks first when the element wants that.
 */
export async function press(spot, block, element, answer, node, confirm = element.confirm) {
  if (confirm && !(await ask(confirm))) return;
  const answers = answersOf(spot.surface).all(spot.blocks);
  node.setAttribute("aria-busy", "true");
  const pressed = { ...spot.where, block_id: block.block_id, action_id: element.action_id, answer, answers };
  const reply = await act(world.state.me.id, "press", pressed);
  node.removeAttribute("aria-busy");
  showTrouble(node, reply.ok ? null : troubleOf(reply));
}

function troubleOf(reply) {
  if (reply.error === "operation_timeout") return "The app did not answer in 3 seconds. Try again.";
  return `That did not work: ${reply.error}`;
}

function showTrouble(node, words) {
  const block = node.closest(".block") ?? node.parentElement;
  block.querySelector(":scope > .trouble")?.remove();
  if (!words) return;
  block.append(el("p", { class: "trouble" }, "⚠ ", words));
  announce(words);
}
