// Runs in every page from its first moment, as the body of a function of `ours` (whether it is our form), `first` (the
// first question) and `timed` (whether to time it). It finds controls, fills them in, and says when the first question
// has taken a click.

const roots = () => [document, document.querySelector("common-assessment")?.shadowRoot].filter(Boolean);
const all = (selector) => roots().flatMap((root) => [...root.querySelectorAll(selector)]);
const seen = (element) => !element.disabled && element.getClientRects().length > 0 && element.checkVisibility({ visibilityProperty: true });
const rest = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

const probe = {
  /** The controls of a question that can be used now. */
  controls({ id, path }) {
    if (!ours) return [...(globalThis.rival?.controls(id) ?? all("input, textarea"))].filter(seen);
    return all(`[id="${path}"]:not([type="radio"]), input[type="radio"][name="${path}"]`).filter(seen);
  },
  /** The questions of a page that are shown though they should not be, or the other way round. */
  amiss: (fields) =>
    fields.filter((field) => field.type !== "rows" && (probe.controls(field).length > 0) === Boolean(field.when)).map(({ path }) => path),
  text: (question) => probe.controls(question).find((one) => one.matches("textarea, input:not([type='radio'], [type='checkbox'])")),
  radios: (question) => probe.controls(question).filter((one) => one.type === "radio"),
  /** The middle of what a person clicks: the radio, or its label where the library hides the radio. */
  target(radio) {
    const own = radio.getBoundingClientRect();
    const label = radio.closest("label") ?? radio.labels?.[0];
    const { x, y, width, height } = own.width < 4 && label ? label.getBoundingClientRect() : own;
    return { x: x + Math.min(width / 2, 12), y: y + height / 2 };
  },
  /** Presses our main button or opens a line of our task list; whether it could be seen. */
  press(selector) {
    const found = all(selector).find(seen);
    found?.click();
    return Boolean(found);
  },
  /** Answers the questions: texts with `words`, choices with the first option where they come first, else the last. */
  async fill(questions, words) {
    for (const [at, question] of questions.entries()) {
      const [text, radios] = [probe.text(question), probe.radios(question)];
      if (text) {
        const { set } = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(text), "value");
        text.focus();
        set.call(text, words);
        for (const type of ["input", "change"]) text.dispatchEvent(new Event(type, { bubbles: true, composed: true }));
        text.blur();
        await rest(300);
      } else if (radios.length) {
        radios.at(at < 2 ? 0 : -1).click();
      }
      await rest(30);
    }
  },
  clicks: 0,
};
globalThis.probe = probe;
// A change event does not leave a shadow root, a click does.
addEventListener("click", (event) => {
  if (event.isTrusted && event.composedPath()[0].type === "radio") probe.clicks += 1;
}, true);

/** Milliseconds before a press or a click that changed nothing is tried again. */
const AGAIN = 100;
const marks = {};
let pressed = -Infinity;
let clicked = -Infinity;

function look() {
  const now = performance.now();
  const radio = document.body && probe.radios(first)[first.no];
  if (radio?.checked && marks.clicked) {
    marks.answered = now;
    globalThis.signal(JSON.stringify(marks));
    return;
  }
  if (radio && now - clicked > AGAIN) {
    clicked = now;
    marks.clicked ??= now;
    radio.scrollIntoView({ block: "center", behavior: "instant" });
    globalThis.signal(JSON.stringify({ click: probe.target(radio) }));
  } else if (ours && !radio && document.body && now - pressed > AGAIN && probe.press("button.govuk-button")) {
    // The last press before the question is the one that worked.
    pressed = marks.control = now;
  }
  requestAnimationFrame(look);
}
if (timed) requestAnimationFrame(look);
