// Remembers what was typed and chosen and not sent yet, in forms, on App Home and under messages.

import { world } from "./state.js";

const kept = new Map();

/**
 * Return the answers of one surface, such as "view V1" or "message C1 17.1". An answer is a text, a
 * list of texts, or null; options are meant by their value, people and channels by their id, moments
 * by seconds since 1970; rich text nobody touched stays the block it was.
 */
export function answersOf(surface) {
  if (!kept.has(surface)) kept.set(surface, new Map());
  const answers = kept.get(surface);
  return {
    get: (block, element) => {
      const name = address(block, element);
      return answers.has(name) ? answers.get(name) : initialAnswer(element);
    },
    set: (block, element, answer) => answers.set(address(block, element), answer),
    all: (blocks) =>
      Object.fromEntries(
        blocks
          .flatMap(fieldsOf)
          .map(([block, element]) => [
            block.block_id,
            { [element.action_id]: answersOf(surface).get(block, element) },
          ]),
      ),
  };
}

/** Forget the answers of surfaces that are gone. */
export function forget(surface) {
  kept.delete(surface);
}

function address(block, element) {
  return `${block.block_id} ${element.action_id} ${element.type}`;
}

const NO_ANSWER = new Set([
  "button",
  "overflow",
  "image",
  "workflow_button",
  "feedback_buttons",
  "icon_button",
]);

/** Return [block, element] of everything in a block that holds an answer. */
function fieldsOf(block) {
  const elements = [block.element, block.accessory, ...(block.type === "actions" ? block.elements : [])];
  return elements
    .filter((element) => element?.action_id && !NO_ANSWER.has(element.type))
    .map((element) => [block, element]);
}

/** Return what an element holds before anyone touched it. */
function initialAnswer(element) {
  const many =
    element.initial_options?.map((option) => option.value) ??
    element.initial_users ??
    element.initial_conversations ??
    element.initial_channels;
  if (many) return many;
  return (
    element.initial_value ??
    element.initial_option?.value ??
    element.initial_date ??
    element.initial_time ??
    element.initial_date_time ??
    element.initial_user ??
    element.initial_conversation ??
    element.initial_channel ??
    here(element)
  );
}

function here(element) {
  if (!element.default_to_current_conversation || !world.place.at) return null;
  return element.type.startsWith("multi") ? [world.place.at] : world.place.at;
}
