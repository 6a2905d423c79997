// The menu of a message: the app's shortcuts, its link, and for one's own: edit and delete.

import { act } from "./api.js";
import { ask } from "./dialogs.js";
import { linkTo } from "./links.js";
import { openMenu } from "./menus.js";
import { notice } from "./notices.js";
import { go, world } from "./state.js";

/** Open the menu under a button; `react` and `edit` are done where the message is drawn. */
export function openMessageMenu(anchor, { channel, message, inThread }, { react, edit }) {
  const { me, bot, shortcuts } = world.state;
  const mine = message.user === me.id && !message.bot_id;
  const apps = shortcuts
    .filter((shortcut) => shortcut.type === "message")
    .map((shortcut) => ({
      label: shortcut.name,
      note: bot.name,
      dataset: { callbackId: shortcut.callback_id },
      run: () => useShortcut(shortcut, { channel, ts: message.ts }),
    }));
  const items = [
    { label: "Add reaction", run: react },
    inThread
      ? null
      : {
          label: "Reply in thread",
          run: () => go({ thread: message.thread_ts ?? message.ts, message: null }),
        },
    { label: "Copy link", run: () => copyLink(channel, message) },
    apps.length ? "-" : null,
    ...apps,
    mine ? "-" : null,
    mine ? { label: "Edit message", run: edit } : null,
    mine ? { label: "Delete message", danger: true, run: () => remove(channel, message) } : null,
  ];
  openMenu(anchor, items.filter(Boolean), { label: "Message actions" });
}

/** Use one of the app's shortcuts; a global one has no message. */
export async function useShortcut(shortcut, place = {}) {
  const reply = await act(world.state.me.id, "shortcut", { callback_id: shortcut.callback_id, ...place });
  if (!reply.ok) notice(`“${shortcut.name}” failed with the error "${reply.error}"`);
}

async function copyLink(channel, message) {
  const link = linkTo(channel, message);
  try {
    await navigator.clipboard.writeText(link);
    notice("Link copied.");
  } catch {
    // Some browsers keep the clipboard to themselves; the link can still be read.
    notice(link);
  }
}

async function remove(channel, message) {
  const sure = await ask({
    title: "Delete message",
    text: "This cannot be undone.",
    confirm: "Delete",
    deny: "Cancel",
    style: "danger",
  });
  if (!sure) return;
  const reply = await act(world.state.me.id, "delete", { channel, ts: message.ts });
  if (!reply.ok) notice(reply.error);
}
