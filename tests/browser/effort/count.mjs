// Counts what a practitioner's hands do while a script fills in the form:
//
//   clicks  each press of the mouse, or what does the same by keyboard. A list that opens takes two: open it, choose.
//   fields  each box that something was typed into. The three boxes of one date are one field. A box that one press
//           fills in is none.
//   keys    each character typed, and one Tab for each box.
//
// It looks at the events of the real page, so a script cannot forget to count.

/** Runs in the page from its first moment. */
function watch() {
  const effort = { clicks: 0, boxes: new Map() };
  globalThis.effort = effort;
  // A press on a label is one press, although the browser then clicks its box too.
  addEventListener("pointerdown", ({ isTrusted }) => (effort.clicks += Number(isTrusted)), true);
  addEventListener(
    "input",
    (event) => {
      const [target] = event.composedPath();
      if (target.localName === "select") effort.clicks += 2;
      else if (target.localName === "textarea" || target.type === "text") effort.boxes.set(target.id, target.value.length);
    },
    true,
  );
}

/** To be called before the page is opened. */
export const startCounting = (page) => page.addInitScript(watch);

/** Starts the count again: another record has the same boxes. */
export const restart = (page) => page.evaluate(() => Object.assign(effort, { clicks: 0, boxes: new Map() }));

/** What was done since the page was opened, or since the count was started again. */
export async function counted(page) {
  const { clicks, boxes } = await page.evaluate(() => ({ clicks: effort.clicks, boxes: [...effort.boxes] }));
  const field = ([id]) => id.replace(/\.(day|month|year)$/, "");
  return {
    clicks,
    fields: new Set(boxes.map(field)).size,
    keys: boxes.reduce((sum, [, length]) => sum + length + 1, 0),
  };
}
