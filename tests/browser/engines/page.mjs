// The small part of Playwright's page that journey.mjs uses, for engines that Playwright does not drive here. It needs
// a driver:
//
//   goto(url), reload()        wait until the page has loaded
//   evaluate(expression)       the value of an expression in the page, as JSON; a promise is awaited
//   press(x, y)                a press of the mouse at a point of the view
//   keys(list)                 presses these keys one after the other; each is a character or a name of `KEYS`
//   chord(modifier, key)       one key while another is held down
//
// Presses and keys go through the driver, as a person's would: no event is made in the page. What is pressed must be
// visible, in front and at rest, and the press must have reached it. Only characters that no key types, such as a tab in
// a text, are put in as pasting would.

import { aim, find, landed, look } from "./in_page.mjs";

/** Milliseconds until an element that does not come counts as missing. */
const PATIENCE = 10_000;
/** Milliseconds between two looks. */
const PAUSE = 15;

/** Keys without a character, by the code points of WebDriver. */
export const KEYS = {
  Enter: "\uE007",
  Tab: "\uE004",
  Space: " ",
  Delete: "\uE017",
  Control: "\uE009",
  Shift: "\uE008",
  Home: "\uE011",
  End: "\uE010",
  ArrowUp: "\uE013",
  ArrowDown: "\uE015",
};

/** Characters that no key types into a field. */
const UNTYPED = /([\t\u2028\u2029]+)/;

const pause = () => new Promise((done) => setTimeout(done, PAUSE));

/** Calls a function of the page with these arguments. */
const call = (driver, fn, ...values) => {
  const given = values.map((value) => JSON.stringify(value) ?? "undefined");
  return driver.evaluate(`(() => { const find = ${find}; const look = ${look}; return (${fn})(${given}); })()`);
};

export class Page {
  #driver;
  keyboard;

  constructor(driver) {
    this.#driver = driver;
    this.keyboard = {
      type: async (text) => {
        for (const run of text.split(UNTYPED)) {
          if (UNTYPED.test(run)) await call(driver, (run) => document.execCommand("insertText", false, run), run);
          else if (run) await driver.keys([...run.replaceAll("\n", KEYS.Enter)]);
        }
      },
      press: (key) => {
        const [name, modifier] = key.split("+").reverse();
        return modifier ? driver.chord(KEYS[modifier], KEYS[name] ?? name) : driver.keys([KEYS[name] ?? name]);
      },
    };
  }

  goto(url) {
    return this.#driver.goto(String(url));
  }

  reload() {
    return this.#driver.reload();
  }

  evaluate(fn, value) {
    return call(this.#driver, fn, value);
  }

  locator(css) {
    return new Locator(this, this.#driver, [{ css }]);
  }

  getByRole(role, { name, exact = false }) {
    return new Locator(this, this.#driver, [{ role, name, exact }]);
  }
}

class Locator {
  #page;
  #driver;
  steps;

  constructor(page, driver, steps) {
    this.#page = page;
    this.#driver = driver;
    this.steps = steps;
  }

  #then(step) {
    return new Locator(this.#page, this.#driver, [...this.steps, step]);
  }

  locator(css) {
    return this.#then({ css });
  }

  first() {
    return this.#then({ first: true });
  }

  or(other) {
    return this.#then({ or: other.steps });
  }

  #look() {
    return call(this.#driver, look, this.steps);
  }

  async count() {
    return (await this.#look()).count;
  }

  /** Looks until `accept` says yes; `why` of the last look is the reason when it never does. */
  async #until(accept) {
    const end = Date.now() + PATIENCE;
    for (;;) {
      const seen = await this.#look();
      if (accept(seen)) return seen;
      if (Date.now() > end) throw new Error(`${this.#named()}: ${seen.why ?? `it has ${JSON.stringify(seen.value ?? seen.text)}`}`);
      await pause();
    }
  }

  #named() {
    return JSON.stringify(this.steps);
  }

  waitFor() {
    return this.#until((seen) => seen.isVisible);
  }

  async textContent() {
    return (await this.#until((seen) => seen.count === 1)).text;
  }

  async inputValue() {
    return (await this.#until((seen) => seen.count === 1)).value;
  }

  async evaluate(fn, value) {
    await this.#until((seen) => seen.count === 1);
    const source = `(steps, value) => (${fn})(find(steps)[0], value)`;
    return call(this.#driver, { toString: () => source }, this.steps, value);
  }

  async click() {
    const end = Date.now() + PATIENCE;
    for (let attempt = 0; ; attempt += 1) {
      const { x, y, why } = await call(this.#driver, aim, this.steps, attempt);
      if (!why) {
        await this.#driver.press(x, y);
        break;
      }
      if (Date.now() > end) throw new Error(`${this.#named()} cannot be pressed: ${why}`);
      await pause();
    }
    // A driver may answer before the page has seen the press.
    for (;;) {
      const reached = await call(this.#driver, landed);
      if (reached) return;
      if (reached === false || Date.now() > end) throw new Error(`${this.#named()}: the press went elsewhere`);
      await pause();
    }
  }

  async check() {
    const { checked } = await this.#until((seen) => seen.count === 1);
    if (!checked) await this.click();
    await this.#until((seen) => seen.checked);
  }

  async fill(text) {
    await this.click();
    if ((await this.#look()).value) {
      await this.#page.keyboard.press("Control+a");
      await this.#page.keyboard.press("Delete");
    }
    await this.#page.keyboard.type(text);
    await this.#until((seen) => seen.value === text);
  }

  /** Chooses by arrow keys, as somebody without a mouse does. */
  async selectOption(value) {
    await this.#until((seen) => seen.count === 1 && !seen.why);
    const steps = await this.evaluate((select, value) => {
      select.focus();
      const options = [...select.options];
      return options.findIndex((option) => option.value === value) - select.selectedIndex;
    }, value);
    const key = KEYS[steps < 0 ? "ArrowUp" : "ArrowDown"];
    await this.#driver.keys(Array.from({ length: Math.abs(steps) }, () => key));
    await this.#until((seen) => seen.value === value);
  }
}
