// Puts things on the screen; whatever people wrote goes in as text and can never become markup.

const PROPERTIES = new Set(["value", "checked", "disabled", "open", "required", "multiple"]);
const SAFE_LINK = /^(https?:|mailto:|tel:|slack:)/i;
const SVG = "http://www.w3.org/2000/svg";

/** Make an element. Attributes named on… are listeners; null, undefined and false leave one out. */
export function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) setAttribute(node, name, value);
  node.append(...shown(children));
  return node;
}

function setAttribute(node, name, value) {
  if (value === null || value === undefined || value === false) return;
  if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
  else if (PROPERTIES.has(name)) node[name] = value;
  else node.setAttribute(name, value === true ? "" : value);
}

function shown(children) {
  return children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false);
}

/** Replace everything inside a node, and keep the keyboard where it was. */
export function fill(node, ...children) {
  keepingFocus(node, () => node.replaceChildren(...shown(children)));
}

/** Replace everything inside a node when its fingerprint changed since the last time. */
export function fillWhenChanged(node, fingerprint, draw) {
  const print = JSON.stringify(fingerprint);
  if (node.fingerprint === print) return;
  node.fingerprint = print;
  fill(node, draw());
}

/**
 * Show one node an item, and leave alone those whose fingerprint is the same as before: an open
 * menu, a half-typed answer and the place of the keyboard survive what happens around them.
 */
export function reconcile(parent, items, { key, fingerprint, draw }) {
  const old = new Map([...parent.children].map((node) => [node.dataset.key, node]));
  const nodes = items.map((item) => {
    const before = old.get(key(item));
    const print = fingerprint(item);
    if (before?.fingerprint === print) return before;
    const node = draw(item);
    node.dataset.key = key(item);
    node.fingerprint = print;
    return node;
  });
  const same =
    nodes.length === parent.children.length && nodes.every((node, at) => node === parent.children[at]);
  if (!same) keepingFocus(parent, () => place(parent, nodes));
}

function place(parent, nodes) {
  const wanted = new Set(nodes);
  for (const node of [...parent.children]) if (!wanted.has(node)) node.remove();
  nodes.forEach((node, at) => {
    if (parent.children[at] !== node) parent.insertBefore(node, parent.children[at] ?? null);
  });
}

function keepingFocus(root, change) {
  const before = document.activeElement;
  const address = root.contains(before) ? addressOf(before, root) : null;
  change();
  if (address && !root.contains(document.activeElement)) {
    root.querySelector(address)?.focus({ preventScroll: true });
  }
}

function addressOf(node, root) {
  const steps = [];
  for (let at = node; at && at !== root; at = at.parentElement) {
    const named = ["key", "blockId", "actionId", "focus"].find((name) => at.dataset?.[name]);
    if (named)
      steps.unshift(
        `[data-${named.replace(/[A-Z]/, (c) => `-${c.toLowerCase()}`)}="${CSS.escape(at.dataset[named])}"]`,
      );
  }
  return steps.length ? steps.join(" ") : null;
}

/** Return the address when it is one a person may safely follow, else null. */
export function safeLink(address) {
  return typeof address === "string" && SAFE_LINK.test(address.trim()) ? address.trim() : null;
}

/** Return the address when it is a picture's, else null. */
export function safePicture(address) {
  return typeof address === "string" && /^(https?:|\/)/i.test(address) ? address : null;
}

/** Draw a line icon from the paths of a 20 × 20 grid; it says nothing to a screen reader. */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  const path = document.createElementNS(SVG, "path");
  svg.setAttribute("viewBox", "0 0 20 20");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  path.setAttribute("d", ICONS[name]);
  svg.append(path);
  return svg;
}

const ICONS = {
  back: "M12 4l-6 6 6 6",
  clock: "M10 2.5a7.5 7.5 0 1 0 0 15 7.5 7.5 0 0 0 0-15zM10 6v4.2l3 1.8",
  close: "M5 5l10 10M15 5L5 15",
  down: "M5 8l5 5 5-5",
  eye: "M2.5 10S5 5 10 5s7.5 5 7.5 5-2.5 5-7.5 5-7.5-5-7.5-5zM10 8a2 2 0 1 0 0 4 2 2 0 0 0 0-4z",
  file: "M5 2.5h6.5L15 6v11.5H5zM11.5 2.5V6H15",
  hash: "M8 3L6 17M14 3l-2 14M3.5 7.5h14M2.5 12.5h14",
  lock: "M5 9h10v8H5zM7 9V6.5a3 3 0 0 1 6 0V9",
  more: "M3.4 10a.7.7 0 1 0 1.4 0 .7.7 0 1 0-1.4 0M9.3 10a.7.7 0 1 0 1.4 0 .7.7 0 1 0-1.4 0M15.2 10a.7.7 0 1 0 1.4 0 .7.7 0 1 0-1.4 0",
  people:
    "M7 9.5a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM1.5 16.5c0-3 2.5-4.5 5.5-4.5s5.5 1.5 5.5 4.5M13 4a3 3 0 0 1 0 5.5M15 12.3c2 .6 3.5 2 3.5 4.2",
  plus: "M10 4v12M4 10h12",
  reply: "M3 4h14v9.5H9.5L6 16.5v-3H3z",
  send: "M3 17l15-7L3 3l2 7zM5 10h7",
  smile: "M10 2.5a7.5 7.5 0 1 0 0 15 7.5 7.5 0 0 0 0-15zM6.5 11.5c1.5 3 5.5 3 7 0M7.5 7.5v.6M12.5 7.5v.6",
  trash: "M4 5.5h12M8 5.5V3.5h4v2M5.5 5.5l.8 11h7.4l.8-11",
};
