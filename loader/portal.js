// What keeps a portal and the form apart where a shadow root does not: keys and typing, and paper. It knows nothing of the
// form's questions.

import { sheetOf } from "./sheet.js";

/** Rules for sheets of paper count only in a document's own styles, so they are never put into a portal's. */
const PAGE =
  "@page{margin:15mm 15mm 20mm;@bottom-right{content:counter(page) ' of ' counter(pages);font:10pt sans-serif}}";
let sheetOfPages;
/** The title of what is printed: browsers put it on each sheet and into the name of a file. */
const TITLE = "Common assessment";
/** The longest that a copy stays for the browser's print window. */
const PRINT_MS = 60_000;
const HOW_TO_PRINT =
  "The form is not printed with this page. To print the record, open the form and press its own button to print.";

/** What a browser sends for text that is typed, taken out or put in. A portal that listens would read what is written. */
const TYPING = ["beforeinput", "input", "compositionstart", "compositionupdate", "compositionend", "copy", "cut", "paste"];
const FIELD = "input:not([type=radio], [type=checkbox]), textarea, select";

/**
 * Whether a key puts text into the field that has the focus, by itself or as a step of an input method, a dead key or
 * AltGr; letters choose in a list. Tab, Escape, F5 and shortcuts with Ctrl put nothing in.
 */
function types(event) {
  const [at] = event.composedPath();
  if (!at.matches?.(FIELD)) return false;
  const { key, altKey, ctrlKey, metaKey } = event;
  if (event.isComposing || event.keyCode === 229 || key === "Dead" || key === "Process") return true;
  if (key === "Enter") return at.localName === "textarea" && !altKey && !ctrlKey && !metaKey;
  // A pair of code units can be one character.
  if ([...key].length !== 1 || metaKey) return false;
  if (event.getModifierState("AltGraph")) return true;
  // Apple's Option types; everywhere else Alt is for shortcuts.
  return !ctrlKey && (!altKey || /Mac|iP/.test(navigator.platform));
}

/**
 * Keeps typing inside. A portal's shortcuts look at where a key was pressed and see the element, not the field in it: a "/"
 * in a sentence would open the portal's search. Only listeners in the page's capture phase still see it, which come first.
 */
export function keepTyping(shadow) {
  for (const type of ["keydown", "keypress", "keyup"]) {
    shadow.addEventListener(type, (event) => types(event) && event.stopPropagation());
  }
  for (const type of TYPING) shadow.addEventListener(type, (event) => event.stopPropagation());
}

/**
 * Settles what a print of the document has: the record where the document is the form's own, and in a portal one line that
 * says how to print it.
 */
export function settlePaper(element, root) {
  const isOwn = parent === window && element.getAttribute("print") === "page";
  root.classList.toggle("ca-root--portal", !isOwn);
  root.querySelector(".ca-paper")?.remove();
  if (isOwn) {
    sheetOfPages ??= sheetOf(PAGE);
    if (!document.adoptedStyleSheets.includes(sheetOfPages)) document.adoptedStyleSheets.push(sheetOfPages);
    return;
  }
  const line = document.createElement("p");
  line.className = "ca-paper";
  line.textContent = HOW_TO_PRINT;
  root.append(line);
}

/**
 * Prints the page of the form that is open. In a portal it is copied into a frame of its own, inside the shadow root: a
 * card of the portal may cut it off, and the rest of the portal is not the record's. `styles` are the texts of the root's
 * style sheets, because a sheet belongs to one document.
 */
export function print(shadow, root, styles) {
  if (!root.matches(".ca-root--portal")) return window.print();
  const frame = document.createElement("iframe");
  frame.className = "ca-print";
  frame.tabIndex = -1;
  frame.ariaHidden = "true";
  // Some browsers load even an empty page later, and it must not replace what is in it by then.
  frame.onload = () => {
    frame.onload = null;
    const { contentWindow: view, contentDocument: paper } = frame;
    paper.title = TITLE;
    paper.documentElement.lang = root.lang;
    paper.adoptedStyleSheets = [sheetOf(PAGE, view)];
    const host = paper.createElement(shadow.host.localName);
    const inside = host.attachShadow({ mode: "open" });
    inside.adoptedStyleSheets = styles.map((text) => sheetOf(text, view));
    inside.append(copied(root, paper));
    paper.body.append(host);
    view.addEventListener("afterprint", () => frame.remove());
    // Not every browser says when it has printed, and a copy of a record does not stay in the page.
    setTimeout(() => frame.remove(), PRINT_MS);
    view.focus();
    view.print();
  };
  shadow.append(frame);
}

/** With what was typed and ticked; a copy of a list would be back at its first choice. */
function copied(root, paper) {
  const copy = paper.importNode(root, true);
  copy.classList.remove("ca-root--portal");
  copy.querySelector(".ca-paper").remove();
  // Worked out by the first style sheet of the page that is copied, and the same for its reader here.
  copy.style.setProperty("--ca-rem", getComputedStyle(root).getPropertyValue("--ca-rem"));
  const lists = root.querySelectorAll("select");
  copy.querySelectorAll("select").forEach((list, at) => (list.selectedIndex = lists[at].selectedIndex));
  return copy;
}
