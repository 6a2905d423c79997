// Questions the page asks before something is done.

import { el } from "./dom.js";
import { textObject, wordsOf } from "./mrkdwn.js";

const REACHABLE = "a[href], button, input:not([tabindex='-1']), textarea, summary, [tabindex='0']";

/** Keep the Tab key inside a dialog: after the last thing comes the first, and the other way round. */
export function keepTabInside(dialog) {
  dialog.addEventListener("keydown", (event) => {
    if (event.key !== "Tab") return;
    const stops = [...dialog.querySelectorAll(REACHABLE)].filter(
      (node) => !node.disabled && node.checkVisibility(),
    );
    const [from, to] = event.shiftKey ? [stops[0], stops.at(-1)] : [stops.at(-1), stops[0]];
    if (document.activeElement !== from && dialog.contains(document.activeElement)) return;
    event.preventDefault();
    to?.focus();
  });
}

/** Run something when one wants out of a dialog: by Esc, unless a menu in it is open, or by a gesture. */
export function onEscape(dialog, run) {
  const leave = (event) => {
    event.preventDefault();
    run();
  };
  dialog.addEventListener("cancel", leave);
  dialog.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !dialog.querySelector(":popover-open")) leave(event);
  });
}

/**
 * Ask for a yes or no, as a confirm object of Block Kit has it: {title, text, confirm, deny, style}.
 * Esc means no. The keyboard stays inside and returns to where it was.
 */
export function ask(question) {
  return new Promise((answer) => {
    const before = document.activeElement;
    const dialog = el(
      "dialog",
      {
        class: "question",
        role: "alertdialog",
        "aria-labelledby": "question-title",
        "aria-describedby": "question-text",
      },
      el("h2", { id: "question-title" }, wordsOf(question.title)),
      el("div", { id: "question-text" }, textObject(question.text)),
      el(
        "div",
        { class: "actions" },
        el(
          "button",
          { type: "button", class: "button", onclick: () => dialog.close("no") },
          wordsOf(question.deny),
        ),
        el(
          "button",
          {
            type: "button",
            class: `button ${question.style === "danger" ? "danger" : "primary"}`,
            onclick: () => dialog.close("yes"),
          },
          wordsOf(question.confirm),
        ),
      ),
    );
    dialog.addEventListener("close", () => {
      answer(dialog.returnValue === "yes");
      dialog.remove();
      before?.focus?.({ preventScroll: true });
    });
    keepTabInside(dialog);
    onEscape(dialog, () => dialog.close("no"));
    document.body.append(dialog);
    dialog.showModal();
  });
}
