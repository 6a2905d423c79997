// Short words about what just happened, seen at the edge of the screen and spoken by screen readers.

import { el } from "./dom.js";

const SECONDS_ON_SCREEN = 6;
const SECONDS_TO_SPEAK = 2; // after that the words would only be found a second time

let silence = null;

/** Say something without showing it, to those who listen to the page. */
export function announce(words) {
  const region = document.getElementById("spoken");
  region.textContent = "";
  // Emptied first, so that the same words twice are heard twice.
  requestAnimationFrame(() => {
    region.textContent = words;
  });
  clearTimeout(silence);
  silence = setTimeout(() => {
    region.textContent = "";
  }, SECONDS_TO_SPEAK * 1000);
}

/** Show a short notice, and say it. */
export function notice(words) {
  const box = document.getElementById("notices");
  const note = el("p", { class: "notice" }, words);
  box.append(note);
  setTimeout(() => note.remove(), SECONDS_ON_SCREEN * 1000);
}
