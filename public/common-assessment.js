// <common-assessment>: the element, its loader, and the guard that takes over when the Wasm
// program cannot start or has stopped. It knows nothing of the form's questions. It is what a portal's page downloads before
// anybody opens the form, so what can come with the form itself is in loader/lazy.js.
//
// It runs under a strict content security policy (`script-src 'self' 'wasm-unsafe-eval'`,
// no inline styles): text goes in with textContent, styles with adoptedStyleSheets.
// What it asks of the page around it and promises to it is in common-assessment.d.ts (decision record 0062).

import { isStopped, mounted, ontrap, program } from "../loader/guard.js";
import { node } from "../loader/node.js";
import { BUILD, fetchAhead, loadLazy, loadPartWords, loadStyle, loadWords } from "../loader/parts.js";
import { FIRST, textOf } from "../loader/sheets.js";

const NAME = "common-assessment";
const URGENT =
  "If a child is in danger now, ring 999. To report a crime that is not an emergency, ring 101.";
const BEGUN = "Your new assessment opens as soon as the form has loaded";
/** The locale for which there are always words. */
const FALLBACK = "en-GB";
const SLOW_MS = 5000;
/** The longest that the program waits for a press to end. */
const PRESS_MS = 2000;
/** How long after another callback it is asked who is there. */
const ANOTHER_MS = 500;

/** The element whose pages are in the browser's history: the first one that asked. */
let paged;

class CommonAssessment extends HTMLElement {
  /** @type {{ unmount(): void } | undefined} */
  #handle;
  #root;
  #notice;
  #app;
  /** Styles the start page that index.html has in the element already, readable before this script has arrived. */
  #link;
  #starting = false;
  /** Whether the browser refused to keep drafts here. */
  #isRefused = false;
  /** What loader/lazy.js exports, once it is here; no form is mounted without it. */
  #lazy;
  /** @type {Memory | undefined} */
  #memory;
  #prefill;
  #callback;
  /** @type {Tokens | undefined} Made for the first form that is mounted with a callback. */
  #tokens;
  /** What was pressed before the program had loaded: "caf" or "refer"; nothing where neither was. */
  #begun = "";
  #pressed;
  /** Whether `lock()` was called before there was a form to lock. */
  #isToLock = false;
  /** When to ask who is there, after another callback. */
  #who;
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
    // What a page has set before this script had arrived.
    for (const name of ["token", "prefill"]) {
      if (!Object.hasOwn(this, name)) continue;
      const set = this[name];
      delete this[name];
      this[name] = set;
    }
    const declared = this.shadowRoot;
    if (declared) {
      [this.#root, this.#notice, this.#app, this.#link] = [".ca-root", ".ca-notice", ".ca-app", "link"].map((part) =>
        declared.querySelector(part),
      );
      return;
    }
    [this.#root, this.#notice, this.#app] = ["root", "notice", "app"].map((part) => node("div", `ca-${part}`));
    this.#root.append(this.#notice, this.#app);
    const shadow = this.attachShadow({ mode: "open" });
    shadow.adoptedStyleSheets = [FIRST];
    shadow.append(this.#root);
  }

  /** What has to be there before the first page of the form is. */
  #equip(lazy) {
    if (!this.#lazy) {
      this.#lazy = lazy;
      this.#memory = new lazy.Memory();
      lazy.keepTyping(this.shadowRoot);
      const styles = () => this.shadowRoot.adoptedStyleSheets.map(textOf);
      this.#app.addEventListener("ca-print", () => lazy.print(this.shadowRoot, this.#root, styles()));
    }
    lazy.settlePaper(this, this.#root);
    return lazy;
  }

  connectedCallback() {
    this.#lazy?.settlePaper(this, this.#root);
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

  /** The form, as long as it can be asked anything: a stopped program cannot. */
  get #form() {
    return isStopped() ? undefined : this.#handle;
  }

  /** Which release of the component this is. */
  get version() {
    return BUILD.version;
  }

  get token() {
    return this.#callback;
  }

  set token(callback) {
    const was = this.#callback;
    this.#callback = typeof callback === "function" ? callback : undefined;
    if (this.#tokens && this.#callback) {
      this.#tokens.callback = this.#callback;
      // Once in a while, where a framework sets a new one each time it draws.
      this.#who ??= setTimeout(() => {
        this.#who = undefined;
        this.#form?.ask_who();
      }, ANOTHER_MS);
    } else this.#tokens = undefined;
    // With and without a portal's token it is another form; what was typed goes with it.
    if (this.#form && !was !== !this.#callback) {
      this.#drop();
      this.#start();
    }
  }

  get prefill() {
    return this.#prefill;
  }

  set prefill(fields) {
    this.#prefill = fields;
    if (this.#memory) this.#memory.isFilled = false;
    this.#form?.prefill(this.#filled() ?? "{}");
  }

  /** Resolves once what was typed is stored: true on this device, false where nothing is kept on it. */
  async save() {
    return (await this.#form?.save()) ?? false;
  }

  /** Hides everything until the person signs in again, where people sign in. */
  lock() {
    if (this.#form) this.#form.lock();
    else this.#isToLock = true;
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
    const api = this.getAttribute("api") ?? "/api/v1/";
    let [isReady, isUnknown] = [false, false];
    const lazy = loadLazy().then((lazy) => this.#equip(lazy));
    try {
      // Unstyled text is in view at once; the style joins it when it has arrived.
      const style = this.#linked().then(loadStyle).then((sheet) => {
        this.shadowRoot.adoptedStyleSheets = [FIRST, sheet];
        this.#link?.remove();
        this.#link = undefined;
      });
      const text = loadWords[locale]();
      const asks = this.#keepsDrafts() ? lazy.then(({ canKeep }) => canKeep()).then((can) => (this.#isRefused = !can)) : undefined;
      const parts = Promise.all([program(), text, lazy.then(({ rules }) => rules(api)), style, asks]);
      // What goes wrong with it goes wrong with the parts, too.
      this.#preview(locale, lazy, style).catch(() => {});
      const [module, words, { pack, profile, unknown }] = await parts;
      await this.#pressed;
      if (isStopped()) throw new Error("the program has stopped");
      if (!this.isConnected) return;
      mounted.add(this);
      this.#clear();
      const tokens = this.#tokensNow();
      this.#handle = module.mount(this.#app, {
        ...{ api, words, pack, profile, unknown, begin: this.#begun, memory: this.#memory },
        partWords: (part) => loadPartWords[part][locale](),
        authority: this.getAttribute("profile") ?? undefined,
        mode: this.getAttribute("mode") ?? undefined,
        assessment: this.getAttribute("assessment") ?? undefined,
        isPaged: this.#isPaged(),
        keepsDrafts: this.#keepsDrafts(),
        mayBeFile: this.#allowsDrafts(),
        prefill: this.#filled(),
        token: tokens && ((reason, refused) => tokens.get(reason, refused)),
      });
      // Before anything of it is painted.
      if (this.#isToLock) this.#form?.lock();
      this.#isToLock = false;
      if (isStopped()) return;
      this.#notice.hidden = true;
      [isReady, isUnknown] = [true, unknown];
    } catch (error) {
      ontrap({ error });
      if (!isStopped()) mounted.delete(this);
      if (!mounted.has(this)) await this.#fail(error, api, lazy);
    } finally {
      clearTimeout(slow);
      this.#begun = "";
      this.#root.classList.remove("ca-root--loading");
      this.#starting = false;
    }
    // Once all is done: a portal that hears of it may set its callback, which starts the form again.
    if (isReady) this.#tell("assessment-ready");
    if (isUnknown) this.#report("api");
  }

  /**
   * Shows the start page until the program has loaded: the same text in the same place, the numbers that are the same for
   * everybody, and how loading goes. "Start" can be pressed already. Not where a reload comes back to a record.
   */
  async #preview(locale, lazy, style) {
    const isElsewhere = this.#memory?.place || this.hasAttribute("assessment") || this.hasAttribute("mode");
    const goesOn = isElsewhere || (this.#isPaged() && Boolean(history.state?.commonAssessmentRecord));
    if (this.#link && goesOn) this.#clear();
    const isThere = Boolean(this.#link);
    const [{ START, markup } = {}] = isThere ? [] : await Promise.all([lazy, style]);
    const page = START?.[locale];
    if (goesOn || !this.#starting || this.#handle || !(isThere || page)) return;
    if (!isThere) {
      this.#app.innerHTML = markup(page);
      this.#app.querySelector(".ca-notice").replaceWith(this.#notice);
    }
    for (const saves of this.#app.querySelectorAll("[data-drafts]")) {
      saves.hidden = (saves.dataset.drafts === "device") !== this.#keepsDrafts();
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

  /** Whether its pages go into the browser's history. Of several that ask for it, only the first one's do. */
  #isPaged() {
    if (this.getAttribute("history") === "page") paged ??= this;
    return paged === this;
  }

  /** Whether records are kept on this device: only where the portal says so, and the browser does not refuse. */
  #keepsDrafts() {
    return this.#allowsDrafts() && !this.#isRefused;
  }

  #allowsDrafts() {
    return this.getAttribute("drafts") === "device";
  }

  /** What is to be filled in, as JSON. */
  #filled() {
    try {
      // Put in again, the element does not fill in a second record with it.
      return this.#prefill === undefined || this.#memory.isFilled ? undefined : JSON.stringify(this.#prefill);
    } catch {
      return "null";
    }
  }

  /** Who asks for the portal's tokens, where it gives some. It outlives the form, and so does the token that counts. */
  #tokensNow() {
    if (this.#callback) this.#tokens ??= new this.#lazy.Tokens(this.#callback, (came) => this.#tokenCame(came));
    return this.#tokens;
  }

  #tokenCame(came) {
    this.#form?.token_came(came);
    if (came) return;
    this.#tell("assessment-needs-token");
    this.#report("token");
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
    if (isStopped()) return;
    if (paged === this) paged = undefined;
    mounted.delete(this);
    this.#handle?.unmount();
    this.#handle = undefined;
    this.#clear();
  }

  async #fail(error, api, lazy) {
    console.error("common-assessment did not start:", error.message);
    this.#clear();
    // It may be what could not be loaded, or never comes.
    const late = new Promise((done) => setTimeout(done, PRESS_MS));
    const { CANNOT_START: reasons = {} } = (await Promise.race([lazy, late]).catch(() => {})) ?? {};
    const reason = Object.hasOwn(reasons, error.name) ? error.name : "load";
    this.#say("ca-notice--stopped", "The form cannot start", "alert", [
      URGENT,
      ...(this.#keepsDrafts() ? ["Text that was saved on this device is still there."] : []),
      ...(reasons[reason]?.(api) ?? [
        "Reload the page. If this message comes back, use another browser or device, or ask " +
          "your IT support to allow WebAssembly and this site's files.",
      ]),
    ]);
    this.#report(reason);
  }

  /** The program has stopped: keep every word on the page, and let nobody type in vain. */
  stop(at) {
    this.#lazy.freeze(this.#root, this.#app);
    const isHere = Boolean(this.shadowRoot.activeElement);
    this.#say("ca-notice--stopped", "The form has stopped", "alert", [URGENT, ...this.#lazy.whatIsKept(this.#keepsDrafts())]);
    // Who is at work elsewhere on the page goes on there.
    if (isHere || this.#isPaged()) this.#notice.focus();
    this.#report("stopped", at);
  }

  #say(modifier, heading, role, paragraphs) {
    const notice = this.#notice;
    notice.className = `ca-notice ${modifier}`.trim();
    notice.setAttribute("role", role);
    notice.tabIndex = -1;
    notice.hidden = false;
    notice.replaceChildren(
      node("p", "ca-notice__heading", heading),
      ...paragraphs.map((text) => (typeof text === "string" ? node("p", "", text) : text)),
    );
  }

  /** Tells the host page which kind of failure it was and where, and nothing about anybody. */
  #report(reason, at = "") {
    this.#tell("assessment-error", { reason, at });
  }

  #tell(name, detail = null) {
    this.dispatchEvent(new CustomEvent(name, { bubbles: true, composed: true, detail }));
  }
}

const defined = customElements.get(NAME);
if (defined) {
  console.info(`common-assessment ${defined.prototype.version} is on this page already; ${BUILD.version} is not used.`);
} else {
  customElements.define(NAME, CommonAssessment);
  // Only where the portal's page asks for it, and once that has nothing else to do.
  const asks = [...document.scripts].some(({ src, dataset }) => src === import.meta.url && "prefetch" in dataset);
  const idle = () => (globalThis.requestIdleCallback ?? setTimeout)(() => fetchAhead(FALLBACK));
  if (asks && document.readyState === "complete") idle();
  else if (asks) addEventListener("load", idle, { once: true });
}
