// A field to hand over files.

import { answerIn, attributesOf, settle } from "./answering.js";
import { upload } from "./api.js";
import { el } from "./dom.js";
import { notice } from "./notices.js";
import { world } from "./state.js";

const fileNames = new Map();

/** Draw a field for files; they are uploaded when chosen, and their ids are the answer. */
export function fileField(element, place) {
  const most = element.max_files ?? 10;
  const accept = element.filetypes?.map((type) => `.${type}`).join(",");
  const list = el("ul", { class: "files" });
  const choose = (ids) => {
    settle(place, element, ids.length ? ids : null, picker);
    drawList(ids);
  };
  const drawList = (ids) =>
    list.replaceChildren(
      ...ids.map((id) =>
        el(
          "li",
          {},
          fileNames.get(id) ?? id,
          el(
            "button",
            {
              type: "button",
              "aria-label": `Remove ${fileNames.get(id) ?? id}`,
              onclick: () => choose(ids.filter((other) => other !== id)),
            },
            "×",
          ),
        ),
      ),
    );
  const picker = el("input", {
    ...attributesOf(element, place),
    type: "file",
    multiple: most > 1,
    accept,
    onchange: async () => {
      const reply = await upload(world.state.me.id, picker.files);
      picker.value = "";
      if (!reply.ok) {
        notice(reply.error);
        return;
      }
      for (const file of reply.files) fileNames.set(file.id, file.name);
      choose([...(answerIn(place, element) ?? []), ...reply.files.map((file) => file.id)].slice(0, most));
    },
  });
  drawList(answerIn(place, element) ?? []);
  return el("div", { class: "file-field" }, picker, list);
}
