// The box one writes in: it completes names and commands, sends, and keeps what is not sent yet.

import { act, upload } from "./api.js";
import { isBuiltIn, runBuiltIn } from "./builtins.js";
import { Completion } from "./completion.js";
import { el, icon } from "./dom.js";
import { openMenu } from "./menus.js";
import { useShortcut } from "./message-menu.js";
import { encoded } from "./names.js";
import { announce, notice } from "./notices.js";
import { note } from "./notes.js";
import { pickEmoji } from "./reactions.js";
import { commandIn, suggestionsFor } from "./suggestions.js";
import { channelOf, world } from "./state.js";

const drafts = new Map();

function tool(sign, label, run) {
  const attributes = {
    type: "button",
    class: "icon-button",
    "aria-label": label,
    title: label,
    onclick: run,
  };
  return el("button", attributes, sign);
}

/** Make the box for a channel, or for one of its threads. */
export function composer(channel, thread, label) {
  return new Composer(channel, thread, label).box;
}

class Composer {
  constructor(channel, thread, label) {
    Object.assign(this, { channel, thread, as: world.state.me.id });
    this.key = `${this.as} ${channel} ${thread ?? ""}`;
    this.text = el("textarea", {
      rows: "1",
      "aria-label": label,
      placeholder: label,
      value: drafts.get(this.key) ?? "",
      "data-focus": "text",
      oninput: () => this.typed(),
      onclick: () => this.suggest(),
      onkeydown: (event) => this.pressed(event),
      onblur: () => this.completion.hide(),
    });
    this.completion = new Completion(this.text, () => this.typed());
    this.hint = el("p", { class: "usage", "aria-live": "polite" });
    this.files = el("input", {
      type: "file",
      multiple: true,
      class: "unseen",
      tabindex: "-1",
      "aria-hidden": "true",
      onchange: () => this.share(),
    });
    this.box = el(
      "form",
      {
        class: "composer",
        "data-key": this.key,
        onsubmit: (event) => event.preventDefault(),
      },
      this.hint,
      this.text,
      this.completion.list,
      this.files,
      this.tools(),
    );
    requestAnimationFrame(() => this.grow());
  }

  tools() {
    const plus = tool(icon("plus"), "Attach files and shortcuts", () =>
      openMenu(plus, this.plusItems(), { label: "Attach files and shortcuts" }),
    );
    plus.setAttribute("aria-haspopup", "menu");
    const smile = tool(icon("smile"), "Emoji", () => pickEmoji(smile, (name) => this.insert(`:${name}: `)));
    const mention = tool("@", "Mention someone", () => this.insert("@"));
    const send = tool(icon("send"), "Send", () => this.send());
    send.classList.add("send");
    return el("div", { class: "tools-row" }, plus, smile, mention, el("span", { class: "spacer" }), send);
  }

  plusItems() {
    const shortcuts = world.state.shortcuts.filter((shortcut) => shortcut.type === "global");
    return [
      ...shortcuts.map((shortcut) => ({
        label: `⚡ ${shortcut.name}`,
        note: shortcut.description,
        dataset: { callbackId: shortcut.callback_id },
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
    this.hint.textContent =
      known?.usage_hint && value.startsWith(`${known.command} `)
        ? `${known.command} ${known.usage_hint}`
        : "";
    const place = { inThread: Boolean(this.thread), channel: channelOf(this.channel) };
    this.completion.show(suggestionsFor(value, selectionStart, place), this.box);
  }

  pressed(event) {
    if (event.isComposing || this.completion.uses(event)) return;
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      this.send();
    }
  }

  async send() {
    const typed = this.text.value.trim();
    if (!typed) return;
    this.completion.hide();
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
    const reply = await act(this.as, "type", {
      channel: this.channel,
      thread: this.thread,
      text: encoded(typed),
    });
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
    this.completion.hide();
  }

  async share() {
    const text = encoded(this.text.value.trim());
    const reply = await upload(this.as, this.files.files, {
      channel: this.channel,
      thread: this.thread,
      text,
    });
    this.files.value = "";
    if (!reply.ok) notice(reply.error);
    else this.text.value = "";
    this.typed();
  }
}
