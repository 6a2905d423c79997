// What all fields share: they keep their answer, and some tell the bot at once.

import { answersOf } from "./answers.js";
import { wordsOf } from "./mrkdwn.js";
import { press } from "./press.js";

/** Keep an answer; what was said about the one before does not hold any more. */
export function keep({ spot, block }, element, answer, node) {
  answersOf(spot.surface).set(block, element, answer);
  const drawn = node.closest(".block");
  drawn?.querySelector(":scope > .error")?.remove();
  for (const invalid of drawn?.querySelectorAll("[aria-invalid]") ?? [])
    invalid.removeAttribute("aria-invalid");
}

/** Keep an answer, and tell the bot where the block wants to know at once. */
export function settle(place, element, answer, node) {
  const { spot, block, inForm } = place;
  keep(place, element, answer, node);
  if (!inForm || block.dispatch_action) press(spot, block, element, answer, node);
}

/** Return what is answered so far. */
export const answerIn = ({ spot, block }, element) => answersOf(spot.surface).get(block, element);

/** Return what every field says of itself. */
export function attributesOf(element, place) {
  return {
    id: place.id,
    "data-action-id": element.action_id,
    "aria-label": place.id ? null : place.label,
    "aria-describedby": place.describedBy,
    placeholder: wordsOf(element.placeholder) || null,
    "aria-required": place.required ? "true" : null,
  };
}
