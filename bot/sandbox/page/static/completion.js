// The list that floats above the box one writes in, with what could come next.

import { el } from "./dom.js";
import { place } from "./menus.js";

let count = 0;

/** Completes what is typed into a text area; `taken` is called after it changed the text. */
export class Completion {
  constructor(text, taken) {
    this.text = text;
    this.taken = taken;
    this.items = [];
    this.id = `completion-${(count += 1)}`;
    this.list = el("div", {
      class: "options suggestions",
      role: "listbox",
      id: this.id,
      "aria-label": "Suggestions",
      popover: "manual",
    });
    // A press on the list must not take the keyboard from the text.
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
    text.setAttribute("role", "combobox");
    text.setAttribute("aria-autocomplete", "list");
    text.setAttribute("aria-controls", this.id);
    this.hide();
  }

  /** Show items, {label, hint, note, insert}; the one taken replaces the text from `from` on. */
  show({ from, items }, anchor) {
    Object.assign(this, { from, items });
    if (!items.length) {
      this.hide();
      return;
    }
    this.list.replaceChildren(...items.map((item, at) => this.row(item, at)));
    if (!this.list.matches(":popover-open")) this.list.showPopover();
    this.list.style.width = `${anchor.offsetWidth}px`;
    place(this.list, anchor);
    this.text.setAttribute("aria-expanded", "true");
    this.move(0);
  }

  row(item, at) {
    return el(
      "div",
      { role: "option", id: `${this.id}-${at}`, onclick: () => this.take(item) },
      el("b", {}, item.label),
      item.hint ? el("code", {}, item.hint) : null,
      item.note ? el("small", {}, item.note) : null,
    );
  }

  move(at) {
    this.at = (at + this.items.length) % this.items.length;
    [...this.list.children].forEach((row, index) => {
      row.setAttribute("aria-selected", String(index === this.at));
      row.classList.toggle("at", index === this.at);
    });
    this.list.children[this.at].scrollIntoView({ block: "nearest" });
    this.text.setAttribute("aria-activedescendant", `${this.id}-${this.at}`);
  }

  take(item) {
    this.text.setRangeText(item.insert, this.from, this.text.selectionStart, "end");
    this.text.focus();
    this.taken();
  }

  hide() {
    if (this.list.matches(":popover-open")) this.list.hidePopover();
    this.items = [];
    this.text.setAttribute("aria-expanded", "false");
    this.text.removeAttribute("aria-activedescendant");
  }

  /** Use a key for the list; returns whether it was one of the list's. */
  uses(event) {
    if (!this.items.length) return false;
    const takes = ["Tab", "Enter"].includes(event.key) && !event.shiftKey && !this.isTyped();
    if (event.key === "ArrowDown") this.move(this.at + 1);
    else if (event.key === "ArrowUp") this.move(this.at - 1);
    else if (event.key === "Escape") this.hide();
    else if (takes) this.take(this.items[this.at]);
    else return false;
    event.preventDefault();
    return true;
  }

  /** Say whether the item is already typed in full, so that Enter sends at once. */
  isTyped() {
    return this.text.value.slice(this.from, this.text.selectionStart) === this.items[this.at].insert.trim();
  }
}
