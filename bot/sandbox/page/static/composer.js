// The box one writes in: it completes names and commands, sends, and keeps what is not sent yet.

import { act, upload } from "./api.js";
import { isBuiltIn, runBuiltIn } from "./builtins.js";
import { el, icon } from "./dom.js";
import { openMenu, place as placeBox } from "./menus.js";
import { useShortcut } from "./message-menu.js";
import { encoded } from "./names.js";
import { announce, notice } from "./notices.js";
import { note } from "./notes.js";
import { pickEmoji } from "./reactions.js";
import { commandIn, suggestionsFor } from "./suggestions.js";
import { channelOf, world } from "./state.js";

const drafts = new Map();
let count = 0;

/** Make the box for a channel, or for one of its threads. */
export function composer(channel, thread, label) {
  return new Composer(channel, thread, label).box;
}

class Composer {
  constructor(channel, thread, label) {
    Object.assign(this, { channel, thread, as: world.state.me.id });
    this.key = `${this.as} ${channel} ${thread ?? ""}`;
    this.listId = `suggestions-${(count += 1)}`;
    this.items = [];
    this.text = el("textarea", {
      rows: "1", "aria-label": label, placeholder: label, value: drafts.get(this.key) ?? "", "data-focus": "text",
      role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": this.listId,
      oninput: () => this.typed(), onclick: () => this.suggest(), onkeydown: (event) => this.pressed(event), onblur: () => this.hide(),
    });
    this.hint = el("p", { class: "usage", "aria-live": "polite" });
    this.list = el("div", { class: "options suggestions", role: "listbox", id: this.listId, "aria-label": "Suggestions", popover: "manual" });
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
    this.files = el("input", { type: "file", multiple: true, class: "unseen", tabindex: "-1", "aria-hidden": "true", onchange: () => this.share() });
    this.box = el("form", { class: "composer", "data-key": this.key, onsubmit: (event) => { event.preventDefault(); this.send(); } },
      this.hint, this.text, this.list, this.files, this.tools());
    requestAnimationFrame(() => this.grow());
  }

  tools() {
    const plus = el("button", {
      type: "button", class: "icon-button", "aria-label": "Attach files and shortcuts", title: "Attach files and shortcuts", "aria-haspopup": "menu",
      onclick: () => openMenu(plus, this.plusItems(), { label: "Attach files and shortcuts" }),
    }, icon("plus"));
    const smile = el("button", { type: "button", class: "icon-button", "aria-label": "Emoji", title: "Emoji", onclick: () => pickEmoji(smile, (name) => this.insert(`:${name}: `)) }, icon("smile"));
    const mention = el("button", { type: "button", class: "icon-button", "aria-label": "Mention someone", title: "Mention someone", onclick: () => this.insert("@") }, "@");
    const send = el("button", { type: "submit", class: "icon-button send", "aria-label": "Send", title: "Send" }, icon("send"));
    return el("div", { class: "tools-row" }, plus, smile, mention, el("span", { class: "spacer" }), send);
  }

  plusItems() {
    const shortcuts = world.state.shortcuts.filter((shortcut) => shortcut.type === "global");
    return [
      ...shortcuts.map((shortcut) => ({
        label: `⚡ ${shortcut.name}`, note: shortcut.description, dataset: { callbackId: shortcut.callback_id },
        run: () => useShortcut(shortcut, { channel: this.channel }),
      })),
      "-",
      { label: "Upload files", run: () => this.files.click() },
    ];
  }

  typed() {
    drafts.set(this.key, this.text.value);
    this.grow();
    this.suggest();
  }

  grow() {
    this.text.style.height = "auto";
    this.text.style.height = `${this.text.scrollHeight}px`;
  }

  insert(words) {
    const { selectionStart: from, selectionEnd: to, value } = this.text;
    const gap = words === "@" && /\S$/.test(value.slice(0, from)) ? " " : "";
    this.text.setRangeText(gap + words, from, to, "end");
    this.text.focus();
    this.typed();
  }

  suggest() {
    const { value, selectionStart } = this.text;
    const known = this.thread ? null : commandIn(value);
    this.hint.textContent = known?.usage_hint && value.startsWith(`${known.command} `) ? `${known.command} ${known.usage_hint}` : "";
    const { from, items } = suggestionsFor(value, selectionStart, { inThread: Boolean(this.thread), channel: channelOf(this.channel) });
    Object.assign(this, { from, items });
    if (!items.length) {
      this.hide();
      return;
    }
    this.list.replaceChildren(...items.map((item, at) => el("div", { role: "option", id: `${this.listId}-${at}`, onclick: () => this.take(item) },
      el("b", {}, item.label), item.hint ? el("code", {}, item.hint) : null, item.note ? el("small", {}, item.note) : null)));
    if (!this.list.matches(":popover-open")) this.list.showPopover();
    this.list.style.width = `${this.box.offsetWidth}px`;
    placeBox(this.list, this.box);
    this.text.setAttribute("aria-expanded", "true");
    this.move(0);
  }

  move(at) {
    this.at = (at + this.items.length) % this.items.length;
    [...this.list.children].forEach((row, index) => {
      row.setAttribute("aria-selected", String(index === this.at));
      row.classList.toggle("at", index === this.at);
    });
    this.list.children[this.at].scrollIntoView({ block: "nearest" });
    this.text.setAttribute("aria-activedescendant", `${this.listId}-${this.at}`);
  }

  take(item) {
    this.text.setRangeText(item.insert, this.from, this.text.selectionStart, "end");
    this.text.focus();
    this.typed();
  }

  hide() {
    if (this.list.matches(":popover-open")) this.list.hidePopover();
    this.items = [];
    this.text.setAttribute("aria-expanded", "false");
    this.text.removeAttribute("aria-activedescendant");
  }

  pressed(event) {
    if (event.isComposing) return;
    const steps = { ArrowDown: 1, ArrowUp: -1 };
    if (this.items.length && steps[event.key]) this.stop(event, () => this.move(this.at + steps[event.key]));
    else if (this.items.length && (event.key === "Tab" || event.key === "Enter") && !this.isComplete()) this.stop(event, () => this.take(this.items[this.at]));
    else if (this.items.length && event.key === "Escape") this.stop(event, () => this.hide());
    else if (event.key === "Enter" && !event.shiftKey) this.stop(event, () => this.send());
  }

  /** Say whether the suggestion is already typed in full, so that Enter sends at once. */
  isComplete() {
    return this.text.value.slice(this.from, this.text.selectionStart) === this.items[this.at].insert.trim();
  }

  stop(event, then) {
    event.preventDefault();
    then();
  }

  async send() {
    const typed = this.text.value.trim();
    if (!typed) return;
    this.hide();
    this.hint.textContent = "";
    this.text.value = "";
    drafts.delete(this.key);
    this.grow();
    if (this.refuses(typed)) return;
    if (isBuiltIn(typed)) {
      const words = await runBuiltIn(typed, this.as, this.channel);
      if (words) this.say(words);
      return;
    }
    const reply = await act(this.as, "type", { channel: this.channel, thread: this.thread, text: encoded(typed) });
    if (!reply.ok) this.failed(typed, reply);
  }

  /** Answer commands that go nowhere, as Slack does. */
  refuses(typed) {
    const name = /^\/[a-z][\w-]*/.exec(typed)?.[0];
    if (!name) return false;
    if (this.thread) return this.say(`\`${name}\` is not supported in threads. Sorry!`);
    if (!commandIn(typed)) return this.say(`\`${name}\` is not a valid command.`);
    return false;
  }

  say(words) {
    note({ as: this.as, channel: this.channel, thread: this.thread, text: words });
    announce(words);
    return true;
  }

  failed(typed, reply) {
    const command = commandIn(typed);
    if (command) this.say(`${command.command} failed with the error "${reply.error}"`);
    else notice(`Not sent: ${reply.error}`);
    // Nothing typed is lost.
    if (!this.text.value) this.text.value = typed;
    this.typed();
    this.hide();
  }

  async share() {
    const text = encoded(this.text.value.trim());
    const reply = await upload(this.as, this.files.files, { channel: this.channel, thread: this.thread, text });
    this.files.value = "";
    if (!reply.ok) notice(reply.error);
    else this.text.value = "";
    this.typed();
  }
}
