// Small lists that open from a button: what can be done with a message, who one is, an overflow.

import { el } from "./dom.js";

const GAP = 4; // pixels between a button and what it opens

/**
 * Open a menu under a button. Items are {label, note, run, danger, checked, dataset} or "-" for a line.
 * Arrow keys, Home, End and first letters move; Esc closes and gives the keyboard back.
 */
export function openMenu(anchor, items, { label }) {
  const menu = popup(anchor, el("div", { class: "menu", role: "menu", "aria-label": label }));
  menu.append(
    ...items.map((item) => (item === "-" ? el("hr", { role: "separator" }) : menuItem(item, menu))),
  );
  menu.addEventListener("keydown", (event) =>
    moveBy(event, menu, [...menu.querySelectorAll("[role^=menuitem]")]),
  );
  showPopup(menu, anchor);
  menu.querySelector("[aria-checked=true], [role^=menuitem]")?.focus();
  return menu;
}

function menuItem(item, menu) {
  const checkable = item.checked !== undefined;
  const node = el(
    "button",
    {
      type: "button",
      role: checkable ? "menuitemradio" : "menuitem",
      tabindex: "-1",
      "aria-checked": checkable ? String(item.checked) : null,
      class: item.danger ? "danger" : null,
      onclick: () => {
        menu.hidePopover();
        item.run();
      },
    },
    el("span", {}, item.label),
    item.note ? el("small", {}, item.note) : null,
  );
  Object.assign(node.dataset, item.dataset);
  return node;
}

/** Move the keyboard among nodes as in a list. */
export function moveBy(event, box, nodes) {
  const at = nodes.indexOf(document.activeElement);
  const steps = {
    ArrowDown: at + 1,
    ArrowUp: at - 1,
    ArrowRight: at + 1,
    ArrowLeft: at - 1,
    Home: 0,
    End: nodes.length - 1,
  };
  let next = steps[event.key];
  if (event.key === "Tab") box.hidePopover();
  if (next === undefined && /^\S$/.test(event.key) && !event.ctrlKey && !event.metaKey) {
    const rest = [...nodes.slice(at + 1), ...nodes.slice(0, at + 1)];
    next = nodes.indexOf(
      rest.find((node) => node.textContent.toLowerCase().startsWith(event.key.toLowerCase())),
    );
    if (next < 0) return;
  }
  if (next === undefined) return;
  event.preventDefault();
  nodes.at(next % nodes.length)?.focus();
}

/** Make a box that floats above everything; a press outside or Esc closes it. */
export function popup(anchor, box) {
  box.popover = "auto";
  box.addEventListener("toggle", (event) => {
    const open = event.newState === "open";
    anchor.setAttribute("aria-expanded", String(open));
    if (open) return;
    const held = box.contains(document.activeElement) || document.activeElement === document.body;
    box.remove();
    if (held) anchor.focus({ preventScroll: true });
  });
  return box;
}

/** Show a floating box beside its button, inside the screen. */
export function showPopup(box, anchor) {
  // Inside an open dialog, so that it is not out of reach behind it.
  (anchor.closest("dialog") ?? document.body).append(box);
  box.showPopover();
  place(box, anchor);
}

/** Put a floating box under its anchor, or above where there is more room. */
export function place(box, anchor) {
  const at = anchor.getBoundingClientRect();
  const below = window.innerHeight - at.bottom - 2 * GAP;
  const above = at.top - 2 * GAP;
  const under = box.offsetHeight <= below || below >= above;
  box.style.maxHeight = `${Math.max(120, under ? below : above)}px`;
  box.style.top = `${under ? at.bottom + GAP : Math.max(GAP, at.top - GAP - box.offsetHeight)}px`;
  const rightmost = window.innerWidth - box.offsetWidth - GAP;
  box.style.left = `${Math.max(GAP, Math.min(at.left, rightmost))}px`;
}
