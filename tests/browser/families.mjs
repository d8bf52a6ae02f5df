// What the tests of real families share: a written case with some answers changed, put on the device and opened.

import { cases, onDay } from "./journey.mjs";
import { openStored } from "./stored.mjs";

/** The answers of a case with some of them changed, by path; nothing takes an answer away. */
export function changed(name, changes) {
  const answers = structuredClone(cases[name].answers);
  for (const [path, value] of Object.entries(changes)) {
    const parts = path.replaceAll("[", ".").replaceAll("]", "").split(".");
    const last = parts.pop();
    let place = answers;
    for (const [index, part] of parts.entries()) {
      const next = parts[index + 1] ?? last;
      place[part] ??= /^\d+$/.test(next) ? [] : {};
      place = place[part];
    }
    if (value === null) delete place[last];
    else place[last] = value;
  }
  return answers;
}

const PAGES = ["check", "outputs", "tasks", "boxes"];

/** The stored name of a page or a section. */
const placeOf = (page) => (PAGES.includes(page) ? page : `section.${page}`);

/** Opens a changed case at a page or a section, on the day of the case, or at `now`. */
export async function openFamily(page, name, changes, place, now) {
  if (now) await page.clock.setFixedTime(new Date(now));
  else await onDay(page, cases[name].today);
  await openStored(page, changed(name, changes), placeOf(place));
}

/** What was said aloud last. */
export const announced = (page) => page.locator("[data-announce]");
