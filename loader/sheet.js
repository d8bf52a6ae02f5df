/** A style sheet for a document of `view`. */
export function sheetOf(text, view = window) {
  const sheet = new view.CSSStyleSheet();
  sheet.replaceSync(text);
  return sheet;
}
