// The style sheets of an element, and the first one, which is not fetched. The form's own is in style/.

import { sheetOf } from "./sheet.js";

const texts = new WeakMap();

/** A style sheet whose text is remembered, for its copy on paper. */
export function sheet(text) {
  const made = sheetOf(text);
  texts.set(made, text);
  return made;
}

export const textOf = (sheet) => texts.get(sheet) ?? "";

const PAPER_STYLE =
  ".ca-paper{display:none}.ca-print{position:fixed;inline-size:0;block-size:0;border:0}" +
  "@media print{.ca-root--portal>*{display:none}.ca-root--portal>.ca-paper{display:block}}";

/**
 * Plain legible text until the real sheet has arrived, and `--ca-rem` for that one: the
 * reader's own text size. On an element whose font-size is `medium`, a *registered*
 * length of 1em is computed there and inherited as pixels, whatever the host has set.
 */
function firstSheet() {
  let size = "1em";
  try {
    CSS.registerProperty({
      name: "--ca-rem",
      syntax: "<length>",
      inherits: true,
      initialValue: "16px",
    });
  } catch (error) {
    // Registered already (a second version on the page) is as good; not known at all is not.
    if (error.name !== "InvalidModificationError") size = "16px";
  }
  return sheet(
    `.ca-root{all:initial;direction:ltr;display:block;--ca-rem:${size};font:medium/1.3 system-ui,sans-serif;color:#0b0c0c;background:#fff}` +
      ".ca-root--loading{min-block-size:100vh}.ca-notice{padding:15px}[hidden]{display:none}" +
      PAPER_STYLE,
  );
}
export const FIRST = firstSheet();
