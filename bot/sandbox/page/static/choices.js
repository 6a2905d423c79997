// A field to choose from a list by typing: one or several options, people, channels, or what the bot suggests.

import { el } from "./dom.js";
import { place } from "./menus.js";

const PAUSE = 200; // milliseconds without typing before the bot is asked

let count = 0;

/**
 * Make the field. `find(typed)` resolves to [{value, label, note, group}]; `chosen` are such options;
 * `changed(options)` is called with what is chosen from then on. Arrow keys move, Enter takes, Esc
 * closes the list, Backspace in an empty field of several takes the last one away.
 */
export function choiceField({ chosen, find, changed, multiple, max, label, placeholder, describedBy, slow }) {
  return new ChoiceField({ chosen, find, changed, multiple, max, label, placeholder, describedBy, slow }).box;
}

class ChoiceField {
  constructor(options) {
    Object.assign(this, options);
    this.chosen = [...options.chosen];
    this.id = `choices-${(count += 1)}`;
    this.shown = [];
    this.at = -1;
    this.input = el("input", {
      type: "text",
      role: "combobox",
      autocomplete: "off",
      spellcheck: "false",
      "aria-autocomplete": "list",
      "aria-expanded": "false",
      "aria-controls": this.id,
      "aria-label": this.label,
      "aria-describedby": this.describedBy,
      placeholder: this.placeholder || "Choose",
      "data-focus": "choice",
      oninput: () => this.search(this.input.value),
      onclick: () => this.search(""),
      onkeydown: (event) => this.pressed(event),
      onblur: () => this.leave(),
    });
    this.list = el("div", {
      class: "options",
      role: "listbox",
      id: this.id,
      "aria-label": this.label,
      popover: "manual",
    });
    if (this.multiple) this.list.setAttribute("aria-multiselectable", "true");
    // A press on an option must not take the keyboard from the field.
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
    this.chips = el("span", { class: "chips" });
    this.box = el(
      "div",
      { class: `choice${this.multiple ? " several" : ""}` },
      this.chips,
      this.input,
      this.list,
    );
    // What floats would stay behind when the form under it scrolls away.
    this.scrolled = (event) => {
      if (event.target !== this.list) this.hide();
    };
    this.draw();
  }

  draw() {
    if (!this.multiple) this.input.value = this.chosen[0]?.label ?? "";
    const chips = this.multiple ? this.chosen.map((option) => this.chip(option)) : [];
    const clear = !this.multiple && this.chosen.length ? [this.clearButton()] : [];
    this.chips.replaceChildren(...chips);
    this.box.querySelector(".clear")?.remove();
    this.box.append(...clear);
  }

  chip(option) {
    const words = `Remove ${option.label}`;
    return el(
      "span",
      { class: "chip" },
      option.label,
      el("button", { type: "button", "aria-label": words, onclick: () => this.drop(option) }, "×"),
    );
  }

  clearButton() {
    return el(
      "button",
      {
        type: "button",
        class: "clear",
        "aria-label": `Clear ${this.label}`,
        onclick: () => this.drop(this.chosen[0]),
      },
      "×",
    );
  }

  drop(option) {
    this.choose(this.chosen.filter((other) => other.value !== option.value));
    this.input.focus();
    this.hide();
  }

  choose(options) {
    this.chosen = options;
    this.draw();
    this.changed(options);
  }

  search(typed) {
    clearTimeout(this.waiting);
    this.asked = typed;
    const ask = async () => {
      const found = await this.find(typed);
      if (this.asked === typed && document.activeElement === this.input) this.show(found);
    };
    if (this.slow) this.waiting = setTimeout(ask, PAUSE);
    else ask();
  }

  show(found) {
    this.shown = found.options ?? found;
    const rows = [];
    let group = null;
    this.shown.forEach((option, at) => {
      if (option.group !== group && option.group)
        rows.push(el("div", { class: "group", role: "presentation" }, option.group));
      group = option.group;
      rows.push(this.row(option, at));
    });
    if (!this.shown.length) rows.push(el("div", { class: "nothing" }, found.nothing ?? "Nothing found"));
    this.list.replaceChildren(...rows);
    this.list.style.width = `${this.box.offsetWidth}px`;
    if (!this.list.matches(":popover-open")) this.list.showPopover();
    document.addEventListener("scroll", this.scrolled, { capture: true });
    place(this.list, this.box);
    this.input.setAttribute("aria-expanded", "true");
    this.move(this.shown.findIndex((option) => this.has(option)));
  }

  row(option, at) {
    return el(
      "div",
      {
        role: "option",
        id: `${this.id}-${at}`,
        "aria-selected": String(this.has(option)),
        "data-value": option.value,
        onclick: () => this.take(option),
      },
      el("span", {}, option.label),
      option.note ? el("small", {}, option.note) : null,
    );
  }

  has(option) {
    return this.chosen.some((other) => other.value === option.value);
  }

  move(at) {
    this.at = at;
    const rows = [...this.list.querySelectorAll("[role=option]")];
    rows.forEach((row, index) => row.classList.toggle("at", index === at));
    rows[at]?.scrollIntoView({ block: "nearest" });
    if (rows[at]) this.input.setAttribute("aria-activedescendant", rows[at].id);
    else this.input.removeAttribute("aria-activedescendant");
  }

  take(option) {
    if (!this.multiple) {
      this.hide();
      this.choose([option]);
      return;
    }
    const without = this.chosen.filter((other) => other.value !== option.value);
    const full = this.max && without.length >= this.max;
    this.input.value = "";
    if (without.length < this.chosen.length) this.choose(without);
    else if (!full) this.choose([...this.chosen, option]);
    this.search("");
  }

  pressed(event) {
    const open = this.list.matches(":popover-open");
    const last = this.shown.length - 1;
    if (event.key === "ArrowDown") this.step(event, open, this.at >= last ? 0 : this.at + 1);
    else if (event.key === "ArrowUp") this.step(event, open, this.at <= 0 ? last : this.at - 1);
    else if (event.key === "Enter" && open && this.shown[this.at])
      this.stop(event, () => this.take(this.shown[this.at]));
    else if (event.key === "Enter" && open) event.preventDefault();
    else if (event.key === "Escape" && open) this.stop(event, () => this.leave());
    else if (event.key === "Backspace" && this.multiple && !this.input.value && this.chosen.length)
      this.drop(this.chosen.at(-1));
  }

  step(event, open, at) {
    this.stop(event, () => (open ? this.move(at) : this.search("")));
  }

  stop(event, then) {
    event.preventDefault();
    event.stopPropagation();
    then();
  }

  leave() {
    clearTimeout(this.waiting);
    this.asked = null;
    this.hide();
    // What was typed but not taken is no choice.
    this.input.value = this.multiple ? "" : (this.chosen[0]?.label ?? "");
  }

  hide() {
    if (this.list.matches(":popover-open")) this.list.hidePopover();
    document.removeEventListener("scroll", this.scrolled, { capture: true });
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }
}
