// <common-assessment>: the element, its loader, and the guard that takes over when the Wasm
// program cannot start or has stopped. It knows nothing of the form's questions.
//
// It runs under a strict content security policy (`script-src 'self' 'wasm-unsafe-eval'`,
// no inline styles): text goes in with textContent, styles with adoptedStyleSheets.
// Every part is checked against the hash written into this file when it was built.
// Limit: a browser without <link rel=modulepreload> (before 2023) checks one copy of
// the glue script and runs a second one, normally the same from its cache.

import { PAPER_STYLE, keepTyping, print, settlePaper, sheetOf } from "./common-assessment-portal.js";

// Replaced at build time: { glue, wasm, css, words, partWords, start, rules, version }. Each part is { href, integrity },
// with href relative to this file; `words` and each of `partWords` have one for each locale; `rules` are SHA-256 values.
const BUILD = __CA_BUILD__;

const URGENT =
  "If a child is in danger now, ring 999. To report a crime that is not an emergency, ring 101.";
const BEGUN = "Your new assessment opens as soon as the form has loaded";
/** The locale for which there are always words. */
const FALLBACK = "en-GB";
const SLOW_MS = 5000;
/** The longest that the program waits for a press to end. */
const PRESS_MS = 2000;
const RULES_MS = 3000;

const part = ({ href, integrity }) => ({ url: new URL(href, import.meta.url).href, integrity });

/** Fetches one part; the browser refuses it unless its bytes have the expected hash. */
async function fetched(which, cache = "default") {
  const { url, integrity } = part(which);
  const response = await fetch(url, { integrity, cache });
  if (!response.ok) throw new Error(`${url}: HTTP ${response.status}`);
  return response;
}

async function styleSheet() {
  // Where index.html has asked for it already, this is the copy in the cache. A failure that is cached is asked for again.
  const response = await fetched(BUILD.css, "force-cache").catch(() => fetched(BUILD.css, "no-cache"));
  const text = await response.text();
  // `rem` would follow the host page's <html>; see firstSheet().
  return sheetOf(text.replace(/(\d*\.?\d+)rem\b/g, "calc($1*var(--ca-rem))"));
}

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
  return sheetOf(
    `.ca-root{all:initial;direction:ltr;display:block;--ca-rem:${size};font:medium/1.3 system-ui,sans-serif;color:#0b0c0c;background:#fff}` +
      ".ca-root--loading{min-block-size:100vh}.ca-notice{padding:15px}[hidden]{display:none}" +
      PAPER_STYLE,
  );
}
const FIRST = firstSheet();

/** The glue script as a module. A checked preload and the import share one copy. */
async function glue() {
  const { url, integrity } = part(BUILD.glue);
  const link = document.createElement("link");
  if (link.relList.supports("modulepreload")) {
    await new Promise((resolve, reject) => {
      Object.assign(link, { rel: "modulepreload", href: url, integrity, onload: resolve });
      link.onerror = () => reject(new Error(`${url}: not loaded, or not the expected bytes`));
      document.head.append(link);
    }).finally(() => link.remove());
  } else {
    await (await fetched(BUILD.glue)).arrayBuffer();
  }
  return import(url);
}

async function program() {
  if (typeof WebAssembly !== "object") throw new Error("no WebAssembly");
  const [module, response] = await Promise.all([glue(), fetched(BUILD.wasm)]);
  await module.default({ module_or_path: response });
  // In the middle of a panic nothing may call back into the program.
  module.on_panic?.((at) => {
    panicked = at;
    queueMicrotask(stop);
  });
  addEventListener("error", ontrap);
  addEventListener("unhandledrejection", ontrap);
  return module;
}

/**
 * The rule pack and profile of an element's server, where they are not those built in. Without
 * a network the ones that this browser has cached; nothing at all means the built-in ones, and
 * `unknown` that nobody could find out: every page then says that the numbers may be others.
 */
async function rules(api) {
  const ask = (name, options) =>
    fetch(new URL(name, new URL(api, document.baseURI)), {
      mode: "same-origin",
      signal: AbortSignal.timeout(RULES_MS),
      ...options,
    }).then((reply) => (reply.ok ? reply : Promise.reject(new Error(`${name}: HTTP ${reply.status}`))));
  const both = async (cache) => {
    const replies = await Promise.all(["rule-pack", "profile"].map((name) => ask(name, { cache })));
    const [pack, profile] = await Promise.all(replies.map((reply) => reply.text()));
    return { pack, profile };
  };
  try {
    const head = await ask("rule-pack", { method: "HEAD", cache: "no-store" });
    // A reply that is not read to its end, even an empty one, counts as broken off.
    await head.arrayBuffer();
    const known = ["etag", "profile-etag"].every((name, at) => head.headers.get(name) === `"${BUILD.rules[at]}"`);
    return known ? {} : await both("no-cache");
  } catch {
    return both("only-if-cached").catch(() => ({ unknown: true }));
  }
}

/** Once for the page, however many elements there are; a failure may be tried again. */
const once = (load) => {
  let running;
  return () => (running ??= load().catch((error) => {
    running = undefined;
    throw error;
  }));
};
const loadStyle = once(styleSheet);
const loadProgram = once(program);
const loadEach = (files) =>
  Object.fromEntries(Object.entries(files).map(([locale, file]) => [locale, once(async () => (await fetched(file)).text())]));
const loadWords = loadEach(BUILD.words);
// Those of parts wait until somebody opens one.
const loadPartWords = Object.fromEntries(Object.entries(BUILD.partWords ?? {}).map(([part, files]) => [part, loadEach(files)]));

/** All mounted elements share one program, so when it stops they all stop. */
const mounted = new Set();
let stopped = false;
/** Where the program panicked and, if that is fixed text, why. Never what somebody typed. */
let panicked = "";

function stop() {
  if (stopped) return;
  stopped = true;
  for (const element of mounted) element.stop();
}

/**
 * A trap: a panic, or memory or stack used up. Not every browser names the Wasm file in a
 * stack, but all name the glue script.
 */
function ontrap({ error, reason }) {
  const thrown = error ?? reason;
  const ours = ({ url }) => thrown.stack?.includes(url);
  if (typeof WebAssembly !== "object") return;
  if (thrown instanceof WebAssembly.RuntimeError && [BUILD.wasm, BUILD.glue].map(part).some(ours)) {
    stop();
  }
}

const node = (name, className, text = "") => {
  const made = document.createElement(name);
  made.className = className;
  made.textContent = text;
  return made;
};

class CommonAssessment extends HTMLElement {
  /** @type {{ unmount(): void } | undefined} */
  #handle;
  #root;
  #notice;
  #app;
  /** Styles the start page that index.html has in the element already, readable before this script has arrived. */
  #link;
  #starting = false;
  /** What was pressed before the program had loaded: "caf" or "refer"; nothing where neither was. */
  #begun = "";
  #pressed;
  /** A press is lost, on "Start" or on a number to ring, if its page is replaced before it ends; `#pressed` waits. */
  #press = () => {
    if (!this.#starting) return;
    this.#pressed = new Promise((done) => {
      setTimeout(done, PRESS_MS);
      const ended = () => setTimeout(done);
      for (const type of ["pointerup", "pointercancel", "keyup"]) addEventListener(type, ended, { once: true, capture: true });
    });
  };

  constructor() {
    super();
    const declared = this.shadowRoot;
    if (declared) {
      [this.#root, this.#notice, this.#app, this.#link] = [".ca-root", ".ca-notice", ".ca-app", "link"].map((part) =>
        declared.querySelector(part),
      );
      return this.#apart();
    }
    [this.#root, this.#notice, this.#app] = ["root", "notice", "app"].map((part) => node("div", `ca-${part}`));
    this.#root.append(this.#notice, this.#app);
    const shadow = this.attachShadow({ mode: "open" });
    shadow.adoptedStyleSheets = [FIRST];
    shadow.append(this.#root);
    this.#apart();
  }

  #apart() {
    keepTyping(this.shadowRoot);
    this.#app.addEventListener("ca-print", () => print(this.shadowRoot, this.#root));
  }

  connectedCallback() {
    settlePaper(this, this.#root);
    // Connected again in the same task: it was only moved.
    if (!this.#handle && !this.#starting) this.#start();
  }

  // A move by moveBefore() needs nothing; without this it would count as leaving.
  connectedMoveCallback() {}

  disconnectedCallback() {
    queueMicrotask(() => {
      if (!this.isConnected) this.#drop();
    });
  }

  /** The host's `element.focus()` goes to the first heading or control inside. */
  focus(options) {
    const first = this.#app.querySelector("[tabindex], a[href], button, input, select, textarea");
    (first ?? this.#notice).focus(options);
  }

  async #start() {
    this.#starting = true;
    const asked = this.getAttribute("locale");
    // Without words in that language the page is in English, and has to say so.
    const locale = Object.hasOwn(loadWords, asked ?? "") ? asked : FALLBACK;
    this.#root.lang = locale;
    // Whatever comes below the element stays out of view while its height is not known.
    this.#root.classList.add("ca-root--loading");
    this.#say("", "Loading the form", "status", [URGENT]);
    const slow = setTimeout(
      () => this.#say("", this.#begun ? BEGUN : "Still loading the form", "status", [
        URGENT,
        "The connection is slow. You can wait, or reload the page.",
      ]),
      SLOW_MS,
    );
    try {
      // Unstyled text is in view at once; the style joins it when it has arrived.
      const style = this.#linked().then(loadStyle).then((sheet) => {
        this.shadowRoot.adoptedStyleSheets = [FIRST, sheet];
        this.#link?.remove();
        this.#link = undefined;
      });
      const api = this.getAttribute("api") ?? "/api/v1/";
      const text = loadWords[locale]();
      const parts = Promise.all([loadProgram(), text, rules(api), style]);
      // What goes wrong with it goes wrong with the parts, too.
      this.#preview(locale, style).catch(() => {});
      const [module, words, { pack, profile, unknown }] = await parts;
      await this.#pressed;
      if (stopped) throw new Error("the program has stopped");
      if (!this.isConnected) return;
      mounted.add(this);
      this.#clear();
      this.#handle = module.mount(this.#app, { api, words, partWords: (part) => loadPartWords[part][locale](), pack, profile, unknown, begin: this.#begun });
      if (!stopped) this.#notice.hidden = true;
    } catch (error) {
      ontrap({ error });
      if (!stopped) mounted.delete(this);
      if (!mounted.has(this)) this.#fail(error);
    } finally {
      clearTimeout(slow);
      this.#begun = "";
      this.#root.classList.remove("ca-root--loading");
      this.#starting = false;
    }
  }

  /**
   * Shows the start page until the program has loaded: the same text in the same place, the numbers that are the same for
   * everybody, and how loading goes. "Start" can be pressed already. Not where a reload comes back to a record.
   */
  async #preview(locale, style) {
    const goesOn = Boolean(history.state?.commonAssessmentRecord);
    if (this.#link && goesOn) this.#clear();
    if (!this.#link) await style;
    if (goesOn || !this.#starting || this.#handle || !BUILD.start) return;
    if (!this.#link) {
      this.#app.innerHTML = BUILD.start[locale];
      this.#app.querySelector(".ca-notice").replaceWith(this.#notice);
    }
    for (const type of ["pointerdown", "keydown"]) this.#app.addEventListener(type, this.#press);
    for (const button of this.#app.querySelectorAll("button")) {
      button.disabled = false;
      button.addEventListener("click", () => {
        this.#begun = button.dataset.begin;
        button.setAttribute("aria-disabled", "true");
        this.#say("", BEGUN, "status", [URGENT]);
      });
    }
  }

  /** Waits for the styles that index.html has asked for already: they are not to be fetched twice. */
  async #linked() {
    if (!this.#link || this.#link.sheet) return;
    await new Promise((done) => (this.#link.onload = this.#link.onerror = done));
  }

  /** Takes it away again. */
  #clear() {
    this.#root.prepend(this.#notice);
    this.#app.replaceChildren();
  }

  #drop() {
    // A stopped program cannot be asked anything, and its text stays where it is.
    if (stopped) return;
    mounted.delete(this);
    this.#handle?.unmount();
    this.#handle = undefined;
    this.#clear();
  }

  #fail(error) {
    console.error("common-assessment did not start:", error.message);
    this.#clear();
    this.#say("ca-notice--stopped", "The form cannot start", "alert", [
      URGENT,
      "Text that was saved on this device is still there.",
      "Reload the page. If this message comes back, use another browser or device, or ask " +
        "your IT support to allow WebAssembly and this site's files.",
    ]);
    this.#report("load");
  }

  /** The program has stopped: keep every word on the page, and let nobody type in vain. */
  stop() {
    for (const field of this.#app.querySelectorAll("input, textarea, select, button:not([data-show-again])")) {
      const text = field.matches("textarea, input:not([type=radio], [type=checkbox])");
      if (text) field.readOnly = true;
      else field.disabled = true;
    }
    // A screen that was blanked stays blank, and its button shows the words all the same.
    this.#root.addEventListener("click", ({ target }) => {
      if (!target.closest("[data-show-again]")) return;
      const page = this.#app.querySelector(".ca-page");
      page.classList.remove("ca-page--blank");
      page.removeAttribute("aria-hidden");
      page.inert = false;
      target.closest(".ca-blank").remove();
    }, true);
    // Nothing may reach the dead program; links such as tel: still work by themselves.
    for (const type of ["input", "change", "click", "submit", "keydown", "keyup", "focusin",
      "focusout", "blur", "focus", "pointerdown", "paste", "toggle"]) {
      this.#app.addEventListener(type, (event) => event.stopImmediatePropagation(), true);
    }
    this.#say("ca-notice--stopped", "The form has stopped", "alert", [
      URGENT,
      "What was marked as saved is safe on this device. Everything you typed is still shown " +
        "below, but you cannot change it.",
      "Copy what you typed in the last few seconds, then reload the page and carry on from " +
        "the saved text.",
    ]);
    this.#notice.focus();
    this.#report("stopped", panicked);
  }

  #say(modifier, heading, role, paragraphs) {
    const notice = this.#notice;
    notice.className = `ca-notice ${modifier}`.trim();
    notice.setAttribute("role", role);
    notice.tabIndex = -1;
    notice.hidden = false;
    notice.replaceChildren(
      node("p", "ca-notice__heading", heading),
      ...paragraphs.map((text) => node("p", "", text)),
    );
  }

  /** Tells the host page which kind of failure it was and where, and nothing about anybody. */
  #report(reason, at = "") {
    this.dispatchEvent(
      new CustomEvent("assessment-error", { bubbles: true, composed: true, detail: { reason, at } }),
    );
  }
}

if (!customElements.get("common-assessment")) {
  customElements.define("common-assessment", CommonAssessment);
}
