// Asks the local Slack what a person sees, and tells it what the person does.

const LOST = "The local Slack does not answer. Is it still running?";

/** Fetch what `as` sees; with a channel also its messages, with a thread also its replies. */
export async function fetchState({ as, channel, thread, limit }) {
  const asked = new URLSearchParams();
  for (const [name, value] of Object.entries({ as, channel, thread, limit }))
    if (value) asked.set(name, value);
  const answer = await fetch(`/page/state?${asked}`);
  if (!answer.ok) throw new Error(`state: ${answer.status}`);
  return answer.json();
}

/** Do one thing as a person. Never throws: what went wrong is in `error`. */
export async function act(as, type, details = {}) {
  const body = JSON.stringify({ as, type, ...details });
  return answerOf(
    fetch("/page/act", { method: "POST", headers: { "Content-Type": "application/json" }, body }),
  );
}

/** Hand over files; returns their Slack ids, and shares them where `place` names a channel. */
export async function upload(as, files, place = {}) {
  const body = new FormData();
  for (const [name, value] of Object.entries({ as, ...place })) if (value) body.set(name, value);
  for (const file of files) body.append("file", file, file.name);
  // The header makes other sites' pages ask first, which the local Slack never grants.
  return answerOf(fetch("/page/upload", { method: "POST", headers: { "X-Page": "1" }, body }));
}

async function answerOf(request) {
  try {
    return await (await request).json();
  } catch {
    return { ok: false, error: LOST };
  }
}

/** Listen for changes that concern a person; the browser reconnects by itself. Returns the way to stop. */
export function listen(as, { changed, connected }) {
  const source = new EventSource(`/page/changes?as=${encodeURIComponent(as)}`);
  source.onopen = () => connected(true);
  source.onerror = () => connected(false);
  source.onmessage = (event) => changed(JSON.parse(event.data));
  return () => source.close();
}
