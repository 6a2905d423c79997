// Shows the form on top of the person's stack, sends it, and keeps what was typed when that fails.

import { act } from "./api.js";
import { answersOf, forget } from "./answers.js";
import { drawBlocks } from "./blocks.js";
import { keepTabInside, onEscape } from "./dialogs.js";
import { el, fillWhenChanged, icon } from "./dom.js";
import { wordsOf } from "./mrkdwn.js";
import { announce } from "./notices.js";
import { changed, world } from "./state.js";

const TROUBLE = "We had some trouble connecting. Try again?";
const UNANSWERED = new Set(["operation_timeout", "dispatch_failed"]);
const FIRST_FIELD = "input:not([type=hidden]), textarea, .blocks button";

const states = new Map(); // by view id: {errors, trouble, sending}
let dialog = null;

/** Draw the topmost open form, or none. */
export function drawForms() {
  const stack = world.state.views;
  const top = stack.at(-1);
  if (!top) {
    putAway();
    return;
  }
  const isNew = dialog?.dataset.viewId !== top.id;
  dialog ??= openDialog();
  drawForm(top, stack.length);
  if (isNew) begin(top);
}

function putAway() {
  if (!dialog) return;
  const old = dialog;
  dialog = null;
  old.close();
  old.remove();
  // Closing gives the keyboard back to where it was, unless that is gone.
  if (document.activeElement === document.body)
    document.querySelector("#thread textarea, #conversation textarea")?.focus({ preventScroll: true });
}

function openDialog() {
  const node = el(
    "dialog",
    { class: "form", "aria-labelledby": "form-title" },
    el(
      "form",
      {
        novalidate: true,
        onsubmit: (event) => {
          event.preventDefault();
          submit();
        },
      },
      el("header", {}),
      el("div", { class: "banner", role: "alert" }),
      el("div", { class: "blocks", tabindex: "-1" }),
      el("footer", {}),
    ),
  );
  onEscape(node, () => close(false));
  // A browser closes a dialog at the second Esc whatever the page says; what lies below shows again.
  node.addEventListener("close", () => {
    if (dialog !== node) return;
    node.showModal();
    close(false);
  });
  // Enter in a single line must not send a form half done unless its button says so: Slack does the same.
  node.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.metaKey || event.ctrlKey)) submit();
    else if (event.key === "Enter" && event.target.matches("input:not([type=submit])"))
      event.preventDefault();
  });
  keepTabInside(node);
  document.body.append(node);
  node.showModal();
  return node;
}

function begin(view) {
  dialog.dataset.viewId = view.id;
  const blocks = dialog.querySelector(".blocks");
  blocks.scrollTop = 0;
  const wanted = view.blocks.find((block) => block.element?.focus_on_load);
  const first = wanted
    ? blocks.querySelector(`[data-block-id="${CSS.escape(wanted.block_id)}"] :is(${FIRST_FIELD})`)
    : null;
  (
    first ??
    blocks.querySelector(".input :is(input, textarea)") ??
    dialog.querySelector("footer button, header button")
  ).focus();
}

const stateOf = (id) => {
  if (!states.has(id)) states.set(id, { errors: {}, trouble: null, sending: false });
  return states.get(id);
};

const spotOf = (view) => ({
  surface: `view ${view.id}`,
  where: { view: view.id },
  blocks: view.blocks,
  errors: stateOf(view.id).errors,
});

function drawForm(view, depth) {
  const { trouble, sending } = stateOf(view.id);
  dialog.dataset.viewCallback = view.callback_id ?? "";
  fillWhenChanged(dialog.querySelector("header"), [view.id, view.title, depth], () => [
    depth > 1 ? iconButton("back", "Back", () => close(false)) : null,
    el("h2", { id: "form-title" }, wordsOf(view.title)),
    iconButton("close", "Close", () => close(true)),
  ]);
  fillWhenChanged(dialog.querySelector(".banner"), trouble, () =>
    trouble ? el("p", {}, "⚠ ", trouble) : null,
  );
  drawBlocks(dialog.querySelector(".blocks"), spotOf(view));
  fillWhenChanged(dialog.querySelector("footer"), [view.id, view.close, view.submit, sending], () => [
    el(
      "button",
      { type: "button", class: "button", "data-focus": "close", onclick: () => close(false) },
      wordsOf(view.close) || (view.submit ? "Cancel" : "Close"),
    ),
    view.submit
      ? el(
          "button",
          {
            type: "submit",
            class: "button primary",
            "data-focus": "submit",
            "aria-disabled": String(sending),
          },
          sending ? "Sending …" : wordsOf(view.submit),
        )
      : null,
  ]);
}

function iconButton(name, label, run) {
  return el(
    "button",
    { type: "button", class: "icon-button", "aria-label": label, "data-focus": label, onclick: run },
    icon(name),
  );
}

async function submit() {
  const view = world.state.views.at(-1);
  if (!view) return;
  const state = stateOf(view.id);
  if (state.sending || !view.submit) return;
  const answers = answersOf(spotOf(view).surface).all(view.blocks);
  Object.assign(state, { trouble: null, errors: {}, sending: true });
  changed();
  const reply = await act(world.state.me.id, "submit", { view: view.id, answers });
  state.sending = false;
  state.errors = reply.errors ?? {};
  state.trouble = reply.ok || reply.errors ? null : UNANSWERED.has(reply.error) ? TROUBLE : reply.error;
  if (reply.ok && !reply.errors) forget(`view ${view.id}`);
  showErrors();
}

function showErrors() {
  changed();
  const first = dialog?.querySelector(":is(input, textarea, [tabindex])[aria-invalid=true]");
  first?.focus();
  const words = dialog?.querySelector(".error")?.textContent;
  if (words) announce(words);
}

/** Close the form on top, or with `all` the whole stack, as the × does. */
async function close(all) {
  const view = world.state.views.at(-1);
  if (!view) return;
  await act(world.state.me.id, "close", { view: view.id, all });
  forget(`view ${view.id}`);
}
