// The bot's App Home, as the person one is sees it.

import { drawBlocks } from "./blocks.js";
import { el, fill } from "./dom.js";
import { world } from "./state.js";

/** Draw the home into a node. */
export function drawHome(root) {
  const { home, bot } = world.state;
  if (!home) {
    fill(root, el("p", { class: "empty" }, `${bot.name} has not drawn your home yet.`));
    return;
  }
  root.querySelector(":scope > .empty")?.remove();
  root.dataset.viewCallback = home.callback_id ?? "";
  drawBlocks(root, { surface: `home ${world.state.me.id}`, where: { home: true }, blocks: home.blocks });
}
