// Draws the blocks that messages, forms and App Home are made of.

import { BUTTONS } from "./buttons.js";
import { el, reconcile, safeLink, safePicture } from "./dom.js";
import { FIELDS } from "./fields.js";
import { markdown } from "./markdown.js";
import { linkNode, textObject, wordsOf } from "./mrkdwn.js";
import { richText } from "./richtext.js";
import { dataTable, table } from "./tables.js";
import { world } from "./state.js";

const BLOCKS = {
  section,
  context,
  actions,
  image: imageBlock,
  input,
  video,
  table,
  card,
  carousel,
  alert,
  container,
  file,
  header: (block) => el("h3", { class: "header" }, textObject(block.text)),
  divider: () => el("hr"),
  rich_text: richText,
  markdown: (block) => markdown(block.text),
  data_table: dataTable,
  context_actions: actions,
};

/**
 * Draw blocks into a node, keeping those that stayed the same. The `spot` says where they stand:
 * {surface: name of the answers' place, where: address for the bot, blocks, errors: {block_id: words}}.
 */
export function drawBlocks(node, spot) {
  const keyed = spot.blocks.map((block, at) => ({ block, name: block.block_id ?? String(at) }));
  reconcile(node, keyed, {
    key: ({ name }) => name,
    fingerprint: ({ block, name }) =>
      JSON.stringify([block, spot.errors?.[name] ?? null, spot.surface, world.state.me.tz]),
    draw: ({ block }) => drawBlock(block, spot),
  });
}

/** Draw one block. */
export function drawBlock(block, spot) {
  const inside = BLOCKS[block.type]?.(block, spot) ?? unknown(block);
  return el("div", { class: `block ${block.type}`, "data-block-id": block.block_id }, inside);
}

function section(block, spot) {
  const words = [
    block.text ? el("div", { class: "text" }, textObject(block.text)) : null,
    block.fields
      ? el(
          "div",
          { class: "fields" },
          block.fields.map((field) => el("div", {}, textObject(field))),
        )
      : null,
  ];
  const label = wordsOf(block.accessory?.placeholder) || wordsOf(block.text) || "Choose";
  const beside = block.accessory
    ? el("div", { class: "accessory" }, drawElement(block.accessory, { spot, block, label }))
    : null;
  return [el("div", { class: "words" }, words), beside];
}

function context(block) {
  return block.elements.map((element) =>
    element.type === "image" ? picture(element, "small") : el("span", {}, textObject(element)),
  );
}

function actions(block, spot) {
  return block.elements.map((element) =>
    drawElement(element, { spot, block, label: wordsOf(element.placeholder) || "Choose" }),
  );
}

let count = 0;

function input(block, spot) {
  const { element } = block;
  const id = `field-${(count += 1)}`;
  const error = spot.errors?.[block.block_id];
  const described = [block.hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(" ") || null;
  const grouped = ["checkboxes", "radio_buttons"].includes(element.type);
  const required = !block.optional;
  const label = wordsOf(block.label);
  const field = drawElement(element, {
    spot,
    block,
    label,
    id,
    describedBy: described,
    inForm: true,
    required,
  });
  if (error)
    for (const node of [field, ...field.querySelectorAll("input, textarea")])
      node.setAttribute("aria-invalid", "true");
  return [
    el(grouped ? "div" : "label", { class: "label", for: grouped ? null : id }, withOptional(block)),
    field,
    error ? el("p", { class: "error", id: `${id}-error` }, "⚠ ", error) : null,
    block.hint ? el("p", { class: "hint", id: `${id}-hint` }, textObject(block.hint)) : null,
  ];
}

const withOptional = (block) => [
  textObject(block.label),
  block.optional ? el("span", { class: "optional" }, " (optional)") : null,
];

function drawElement(element, place) {
  if (element.type === "image") return picture(element, "thumb");
  const draw = BUTTONS[element.type] ?? FIELDS[element.type];
  return draw ? draw(element, place) : el("span", { class: "unknown" }, `[${element.type}]`);
}

/** Return where the picture of an image is; a Slack file is fetched through the page. */
function sourceOf(image) {
  const file = image.slack_file?.id ?? /[-/](F[A-Z0-9]{8,})/.exec(image.slack_file?.url ?? "")?.[1];
  return file ? `/page/file/${encodeURIComponent(file)}` : safePicture(image.image_url);
}

function picture(image, size) {
  return el("img", { class: `picture ${size}`, src: sourceOf(image), alt: image.alt_text, loading: "lazy" });
}

function imageBlock(block) {
  return el(
    "figure",
    {},
    block.title ? el("figcaption", {}, textObject(block.title)) : null,
    picture(block, "large"),
  );
}

function video(block) {
  const still = safePicture(block.thumbnail_url);
  return [
    el("b", {}, linkNode(block.title_url ?? block.video_url, wordsOf(block.title))),
    block.description ? el("p", {}, textObject(block.description)) : null,
    still && safeLink(block.video_url)
      ? el(
          "a",
          { href: safeLink(block.video_url), target: "_blank", rel: "noopener noreferrer" },
          el("img", { class: "picture large", src: still, alt: block.alt_text }),
        )
      : null,
  ];
}

function file(block) {
  return el("p", {}, `File: ${block.external_id}`);
}

function card(block, spot) {
  const image = block.hero_image ?? block.icon;
  return [
    image ? picture(image, block.hero_image ? "large" : "thumb") : null,
    block.title ? el("b", {}, textObject(block.title)) : null,
    [block.subtitle, block.body, block.subtext]
      .filter(Boolean)
      .map((text) => el("div", {}, textObject(text))),
    block.actions
      ? el(
          "div",
          { class: "row" },
          block.actions.map((element) => drawElement(element, { spot, block, label: "Choose" })),
        )
      : null,
  ];
}

function carousel(block, spot) {
  return block.elements.map((one) => drawBlock({ type: "card", block_id: block.block_id, ...one }, spot));
}

function alert(block) {
  return el("div", { class: `level-${block.level ?? "default"}`, role: "note" }, textObject(block.text));
}

function container(block, spot) {
  const title = block.title ?? block.rich_text_title;
  const inside = block.child_blocks.map((child) => drawBlock(child, spot));
  const head = [
    title ? el("b", {}, textObject(title)) : null,
    block.subtitle ? el("div", {}, textObject(block.subtitle)) : null,
  ];
  if (!block.is_collapsible) return [head, inside];
  return el("details", { open: !block.default_collapsed }, el("summary", {}, head), inside);
}

/** Show at least the words of a block this page has no picture of. */
function unknown(block) {
  const words = ["title", "text", "body", "description"].map((part) => block[part]).filter(Boolean);
  return words.map((part) =>
    el("div", {}, typeof part === "object" && part.elements ? richText(part) : textObject(part)),
  );
}
