// What to say and do when the program cannot start, by the reason that the portal is told, and when it has stopped.

import { node } from "./node.js";

/** What to say where this page's policy, or the browser, refuses WebAssembly: the line to add, and another way in. */
function forbidden(api) {
  const { origin } = new URL(api, document.baseURI);
  const script = new URL(import.meta.url).origin;
  const sources = script === location.origin ? "'self'" : `'self' ${script}`;
  const line = node("p", "", "For the people who look after this page: ");
  line.append(node("code", "", `script-src ${sources} 'wasm-unsafe-eval'`));
  const link = node("a", "", `Open the form at ${origin}`);
  Object.assign(link, { href: origin, target: "_blank", rel: "noopener" });
  const way = node("p", "");
  way.append(link);
  return ["This page, or this browser, does not allow WebAssembly, which the form needs.", line, way];
}

/** The paragraphs for each reason that has some of its own. */
export const CANNOT_START = {
  webassembly: forbidden,
  mode: () => ["This page asks for something that the form cannot do. Tell the people who look after this page."],
  assessment: () => ["This page did not say which assessment to open. Tell the people who look after this page."],
  profile: () => ["The rules and numbers that this page asks for could not be found. Tell the people who look after this page."],
  version: () => ["This form and its server are of different releases. Tell the people who look after this page."],
};

/** The paragraphs for a program that has stopped. */
export const whatIsKept = (keepsDrafts) =>
  keepsDrafts
    ? ["What was marked as saved is safe on this device. Everything you typed is still shown below, but you cannot change it.",
      "Copy what you typed in the last few seconds, then reload the page and carry on from the saved text."]
    : ["Everything you typed on this page of the form is still shown below, but you cannot change it.",
      "Nothing is kept on this device. Copy what you typed before you reload the page."];

/** Keeps every word of a program that has stopped on the page, and lets nobody type in vain. */
export function freeze(root, app) {
  for (const field of app.querySelectorAll("input, textarea, select, button:not([data-show-again])")) {
    const text = field.matches("textarea, input:not([type=radio], [type=checkbox])");
    if (text) field.readOnly = true;
    else field.disabled = true;
  }
  // A screen that was blanked stays blank, and its button shows the words all the same.
  root.addEventListener("click", ({ target }) => {
    if (!target.closest("[data-show-again]")) return;
    const page = app.querySelector(".ca-page");
    page.classList.remove("ca-page--blank");
    page.removeAttribute("aria-hidden");
    page.inert = false;
    target.closest(".ca-blank").remove();
  }, true);
  // Nothing may reach the dead program; links such as tel: still work by themselves.
  for (const type of ["input", "change", "click", "submit", "keydown", "keyup", "focusin",
    "focusout", "blur", "focus", "pointerdown", "paste", "toggle"]) {
    app.addEventListener(type, (event) => event.stopImmediatePropagation(), true);
  }
}
