// Draws what is pressed: buttons, overflow menus, thumbs.

import { el, icon, safeLink } from "./dom.js";
import { openMenu } from "./menus.js";
import { withEmoji, wordsOf } from "./mrkdwn.js";
import { press } from "./press.js";

export const BUTTONS = {
  button,
  overflow,
  feedback_buttons: feedback,
  icon_button: iconButton,
  workflow_button: button,
};

function button(element, { spot, block }) {
  const style = element.style ? ` ${element.style}` : "";
  const node = el(
    "button",
    {
      type: "button",
      class: `button${style}`,
      "data-action-id": element.action_id,
      "aria-label": element.accessibility_label,
      onclick: () => {
        const address = safeLink(element.url);
        if (address) window.open(address, "_blank", "noopener");
        if (element.action_id) press(spot, block, element, element.value ?? null, node);
      },
    },
    withEmoji(wordsOf(element.text)),
  );
  return node;
}

function overflow(element, { spot, block }) {
  const choose = (option) => {
    const address = safeLink(option.url);
    if (address) window.open(address, "_blank", "noopener");
    press(spot, block, element, option.value, node);
  };
  const items = element.options.map((option) => ({
    label: wordsOf(option.text),
    note: option.description ? wordsOf(option.description) : null,
    dataset: { value: option.value },
    run: () => choose(option),
  }));
  const node = el(
    "button",
    {
      type: "button",
      class: "button square",
      "data-action-id": element.action_id,
      "aria-label": "More actions",
      "aria-haspopup": "menu",
      "aria-expanded": "false",
      onclick: () => openMenu(node, items, { label: "More actions" }),
    },
    icon("more"),
  );
  return node;
}

function feedback(element, place) {
  const thumbs = [
    [element.positive_button, "👍"],
    [element.negative_button, "👎"],
  ].filter(([choice]) => choice);
  const drawn = thumbs.map(([choice, picture]) => {
    const node = el(
      "button",
      {
        type: "button",
        class: "button quiet",
        "data-action-id": element.action_id,
        "aria-label": choice.accessibility_label ?? wordsOf(choice.text),
        title: wordsOf(choice.text),
        onclick: () => press(place.spot, place.block, element, choice.value, node),
      },
      picture,
    );
    return node;
  });
  return el("span", { class: "row" }, drawn);
}

function iconButton(element, { spot, block }) {
  const node = el(
    "button",
    {
      type: "button",
      class: "button square",
      "data-action-id": element.action_id,
      title: wordsOf(element.text),
      "aria-label": element.accessibility_label ?? wordsOf(element.text),
      onclick: () => press(spot, block, element, element.value ?? null, node),
    },
    icon("trash"),
  );
  return node;
}
