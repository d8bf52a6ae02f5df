// What an element needs by the time that it shows something of the form, and no portal's page needs before: the build makes it
// a module of its own, which the loader fetches together with the program and checks by its hash (decision record 0004).
// It holds no state of the page: that is the loader's.

export { canKeep, Memory } from "./memory.js";
export { keepTyping, print, settlePaper } from "./portal.js";
export { rules } from "./rules.js";
export { Tokens } from "./tokens.js";
export { CANNOT_START, freeze, whatIsKept } from "./trouble.js";

/** The start page for each locale, as HTML; null in tests without one. Replaced at build time. */
export const START = __CA_START__;

let policy;
/** Marks markup that the build made for pages that require trusted types; a page that allows no such policy may need none. */
export function markup(text) {
  try {
    policy ??= globalThis.trustedTypes?.createPolicy("common-assessment", { createHTML: (text) => text });
  } catch {
    // It lists the names of others.
  }
  return policy?.createHTML(text) ?? text;
}
