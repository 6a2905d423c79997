// Draws what is filled in: texts, numbers, dates, boxes to tick, files.

import { act } from "./api.js";
import { answerIn, attributesOf, keep, settle } from "./answering.js";
import { choiceField } from "./choices.js";
import { fieldOfUnix, unixOfField } from "./dates.js";
import { el } from "./dom.js";
import { fileField } from "./file-field.js";
import { textObject, wordsOf } from "./mrkdwn.js";
import { findChoices, foundBefore } from "./finding.js";
import { wordsOfRichText } from "./richtext.js";
import { world } from "./state.js";

export const FIELDS = {
  plain_text_input: text,
  rich_text_input: text,
  email_text_input: text,
  url_text_input: text,
  number_input: text,
  datepicker: native("date"),
  timepicker: native("time"),
  datetimepicker: moment,
  checkboxes: boxes("checkbox"),
  radio_buttons: boxes("radio"),
  file_input: fileField,
  static_select: choices,
  multi_static_select: choices,
  external_select: choices,
  multi_external_select: choices,
  users_select: choices,
  multi_users_select: choices,
  channels_select: choices,
  multi_channels_select: choices,
  conversations_select: choices,
  multi_conversations_select: choices,
};

const KEYBOARDS = { email_text_input: "email", url_text_input: "url", number_input: "decimal" };
const PAUSE_OF_TYPING = 400; // milliseconds; stands for Slack's own bundling of on_character_entered

function text(element, place) {
  const long = element.multiline || element.type === "rich_text_input";
  const dispatched = element.dispatch_action_config?.trigger_actions_on ?? ["on_enter_pressed"];
  let waiting = null;
  const node = el(long ? "textarea" : "input", {
    ...attributesOf(element, place),
    type: long ? null : "text",
    inputmode: KEYBOARDS[element.type],
    autocomplete: "off",
    rows: long ? "4" : null,
    maxlength: element.max_length,
    value: typedIn(place, element),
    oninput: () => {
      const answer = node.value || null;
      keep(place, element, answer, node);
      clearTimeout(waiting);
      if (place.block.dispatch_action && dispatched.includes("on_character_entered")) {
        waiting = setTimeout(() => settle(place, element, answer, node), PAUSE_OF_TYPING);
      }
    },
    onkeydown: (event) => {
      const enters =
        event.key === "Enter" &&
        !long &&
        place.block.dispatch_action &&
        dispatched.includes("on_enter_pressed");
      if (!enters) return;
      event.preventDefault();
      settle(place, element, node.value || null, node);
    },
  });
  return element.max_length && long
    ? el("div", { class: "counted" }, node, counter(node, element.max_length))
    : node;
}

function typedIn(place, element) {
  const kept = answerIn(place, element) ?? "";
  return typeof kept === "object" ? wordsOfRichText(kept) : kept;
}

function counter(node, most) {
  const left = el("span", { class: "counter", "aria-hidden": "true" }, String(most - node.value.length));
  node.addEventListener("input", () => {
    left.textContent = String(most - node.value.length);
  });
  return left;
}

function native(type) {
  return (element, place) => {
    const node = el("input", {
      ...attributesOf(element, place),
      type,
      value: answerIn(place, element) ?? "",
      onchange: () => settle(place, element, node.value || null, node),
    });
    return node;
  };
}

function moment(element, place) {
  const zone = world.state.me.tz;
  const kept = answerIn(place, element);
  const node = el("input", {
    ...attributesOf(element, place),
    type: "datetime-local",
    value: kept ? fieldOfUnix(kept, zone) : "",
    onchange: () => settle(place, element, node.value ? unixOfField(node.value, zone) : null, node),
  });
  return node;
}

function boxes(type) {
  return (element, place) => {
    const kept = [answerIn(place, element) ?? []].flat();
    const name = `${place.spot.surface} ${place.block.block_id} ${element.action_id}`;
    const group = el(
      "div",
      {
        class: "boxes",
        role: type === "radio" ? "radiogroup" : "group",
        id: place.id,
        "aria-label": place.label,
        "aria-describedby": place.describedBy,
        "data-action-id": element.action_id,
        onchange: () => {
          const ticked = [...group.querySelectorAll("input:checked")].map((box) => box.value);
          settle(place, element, type === "radio" ? (ticked[0] ?? null) : ticked, group);
        },
      },
      element.options.map((option) =>
        el(
          "label",
          { class: "box" },
          el("input", {
            type,
            name,
            value: option.value,
            checked: kept.includes(option.value),
            "data-focus": option.value,
          }),
          el(
            "span",
            {},
            textObject(option.text),
            option.description ? el("small", {}, textObject(option.description)) : null,
          ),
        ),
      ),
    );
    return group;
  };
}

function choices(element, place) {
  const multiple = element.type.startsWith("multi");
  const remembered = (answer) => [answer ?? []].flat().map((value) => foundBefore(element, value));
  const slow = element.type.endsWith("external_select");
  const box = choiceField({
    chosen: remembered(answerIn(place, element)),
    multiple,
    slow,
    max: element.max_selected_items,
    label: place.label,
    placeholder: wordsOf(element.placeholder),
    describedBy: place.describedBy,
    find: (typed) => findChoices(element, typed, (value) => suggest(element, place, value)),
    changed: (options) => {
      const values = options.map((option) => option.value);
      settle(place, element, multiple ? values : (values[0] ?? null), box);
    },
  });
  box.dataset.actionId = element.action_id;
  if (place.id) box.querySelector("input").id = place.id;
  return box;
}

async function suggest(element, { spot, block }, value) {
  const asked = { ...spot.where, block_id: block.block_id, action_id: element.action_id, value };
  return act(world.state.me.id, "suggest", asked);
}
