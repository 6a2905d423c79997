// Says when something is, in the time zone of the person who looks.

const DAY = 86_400_000;

const FORMS = {
  date_num: { year: "numeric", month: "2-digit", day: "2-digit" },
  date_slash: { year: "numeric", month: "2-digit", day: "2-digit" },
  date: { year: "numeric", month: "long", day: "numeric" },
  date_short: { year: "numeric", month: "short", day: "numeric" },
  date_long: { weekday: "long", year: "numeric", month: "long", day: "numeric" },
  time: { hour: "numeric", minute: "2-digit" },
  time_secs: { hour: "numeric", minute: "2-digit", second: "2-digit" },
};

function form(at, options, zone) {
  return new Intl.DateTimeFormat("en-US", { timeZone: zone, ...options }).format(at);
}

/** Return the calendar day "2026-12-03" of a moment in a zone. */
export function dayOf(at, zone) {
  return new Intl.DateTimeFormat("en-CA", {
    timeZone: zone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
  }).format(at);
}

/** Return "today", "yesterday", "tomorrow" or null. */
function nearby(at, now, zone) {
  const day = dayOf(at, zone);
  if (day === dayOf(now, zone)) return "today";
  if (day === dayOf(new Date(now.getTime() - DAY), zone)) return "yesterday";
  if (day === dayOf(new Date(now.getTime() + DAY), zone)) return "tomorrow";
  return null;
}

/** Return the moment of a Slack timestamp such as "1764000000.000100". */
export const momentOf = (ts) => new Date(Number(ts) * 1000);

export const timeOf = (at, zone) => form(at, FORMS.time, zone);

/** Return "Today", or "Tuesday, December 1" for the line between two days. */
export function dayLabel(at, now, zone) {
  const near = nearby(at, now, zone);
  if (near) return near[0].toUpperCase() + near.slice(1);
  return form(at, { weekday: "long", month: "long", day: "numeric" }, zone);
}

/** Return "today at 4:00 PM" or "Tue, Dec 1 at 4:00 PM". */
export function momentLabel(at, now, zone) {
  const day = nearby(at, now, zone) ?? form(at, { weekday: "short", month: "short", day: "numeric" }, zone);
  return `${day} at ${timeOf(at, zone)}`;
}

/** Return the text of Slack's <!date^unix^format> for a reader. */
export function formatted(unix, format, now, zone) {
  const at = new Date(unix * 1000);
  return format.replace(/\{(\w+)\}/g, (token, name) => {
    if (name === "ago") return ago(at, now);
    if (name === "date_num") return dayOf(at, zone);
    if (name.endsWith("_pretty") || name === "date_pretty") {
      return nearby(at, now, zone) ?? form(at, FORMS[name.replace("_pretty", "")], zone);
    }
    return FORMS[name] ? form(at, FORMS[name], zone) : token;
  });
}

function ago(at, now) {
  const minutes = Math.round((at - now) / 60_000);
  const words = new Intl.RelativeTimeFormat("en", { numeric: "auto" });
  if (Math.abs(minutes) < 60) return words.format(minutes, "minute");
  if (Math.abs(minutes) < 60 * 24) return words.format(Math.round(minutes / 60), "hour");
  return words.format(Math.round(minutes / 60 / 24), "day");
}

/** Return what a date-and-time field shows, "2026-12-03T16:00", for seconds since 1970 in a zone. */
export function fieldOfUnix(unix, zone) {
  const parts = new Intl.DateTimeFormat("en-CA", {
    timeZone: zone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  }).formatToParts(new Date(unix * 1000));
  const part = Object.fromEntries(parts.map(({ type, value }) => [type, value]));
  return `${part.year}-${part.month}-${part.day}T${part.hour}:${part.minute}`;
}

/** Return seconds since 1970 for what a date-and-time field shows; in an hour told twice, the first. */
export function unixOfField(field, zone) {
  const wanted = Date.parse(`${field}:00Z`) / 1000;
  const guesses = [wanted - 86_400, wanted + 86_400].map((near) => wanted - offsetAt(near, zone));
  const exact = guesses.filter((guess) => fieldOfUnix(guess, zone) === field);
  return Math.min(...(exact.length ? exact : guesses));
}

function offsetAt(unix, zone) {
  return Date.parse(`${fieldOfUnix(unix, zone)}:00Z`) / 1000 - Math.floor(unix / 60) * 60;
}
