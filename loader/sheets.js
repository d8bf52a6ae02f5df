// Style sheets that are not fetched: the first one of each element, and the rules for paper. Those of the form are in style/.

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
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(
    ".ca-root--loading{min-block-size:100vh}" +
      `.ca-root{--ca-rem:${size};font:medium/1.3 system-ui,sans-serif;color:#0b0c0c;background:#fff}` +
      ".ca-notice{padding:15px}[hidden]{display:none}",
  );
  return sheet;
}
export const FIRST = firstSheet();

/** Rules for sheets of paper count only in the document's own styles. */
export function setPaper() {
  const paper = new CSSStyleSheet();
  paper.replaceSync("@page{margin:15mm 15mm 20mm;@bottom-right{content:counter(page) ' of ' counter(pages);font:10pt sans-serif}}");
  document.adoptedStyleSheets.push(paper);
}
