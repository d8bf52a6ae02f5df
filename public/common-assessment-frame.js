// <common-assessment-frame src="https://caf.example/embed/school">: the form in a frame on its own origin, for a portal's
// page. It has the attributes, properties, events and methods of <common-assessment> and sees nothing of the form.
//
// It never listens to messages of the window. It gives the frame one end of a MessagePort, in one message to exactly the
// origin of `src`, with a nonce that only this frame was named with. All else goes through the port and is read by shape.
// It does not need inline styles or scripts, and no storage.

// Replaced at build time.
const VERSION = "__CA_VERSION__";
const NAME = "common-assessment-frame";
const CONNECT = "common-assessment-connect";
/** `embed.js` has the same lists. */
const ATTRIBUTES = ["profile", "locale", "assessment", "mode", "history", "drafts", "scheme"];
const EVENTS = new Set(["page", "submitted", "error", "ready", "changed", "saved", "outcome", "needs-token"].map((name) => `assessment-${name}`));
/** Milliseconds until a frame that has loaded and does not answer counts as not opened. */
const PATIENCE = 10_000;
/** Pixels: the height before the form has told its own, and the highest that is believed. */
const FIRST_HEIGHT = 600;
const MAX_HEIGHT = 200_000;
const MAX_TEXT = 500;
const MAX_ITEMS = 1_000;

const isId = (value) => Number.isSafeInteger(value) && value > 0;
const isRecord = (value) => typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;
const isText = (value) => typeof value === "string" && value.length <= MAX_TEXT;
const isPlain = (value) =>
  isText(value) || typeof value === "boolean" || Number.isFinite(value) || (Array.isArray(value) && value.length <= MAX_ITEMS && value.every(isText));

/** The detail of an event as a copy: null, a text, or one level of plain values. Nothing where it is something else. */
function copied(detail) {
  if (detail === null || isText(detail)) return detail;
  if (!isRecord(detail)) return undefined;
  const fields = Object.entries(detail);
  return fields.length <= 20 && fields.every(([name, value]) => isText(name) && isPlain(value)) ? Object.fromEntries(fields) : undefined;
}

const SHEET = new CSSStyleSheet();
SHEET.replaceSync(
  `:host{display:block}:host([hidden]){display:none}iframe{display:block;inline-size:100%;border:0}:host([fit=none]) iframe{block-size:100%}` +
    "p{margin:15px;font:1.1875rem/1.3 system-ui,sans-serif;color:#0b0c0c;background:#fff}",
);

class CommonAssessmentFrame extends HTMLElement {
  #iframe = document.createElement("iframe");
  /** Where the form says what it needs to, before a frame that did not open. */
  #notice = document.createElement("div");
  #origin = "";
  #nonce = "";
  #port;
  #late;
  /** Calls that the frame has not answered. Those that came before there was a port are in #early, too. */
  #calls = new Map();
  #early = [];
  #last = 0;
  #token;
  #prefill;
  #gone = new AbortController();

  constructor() {
    super();
    const shadow = this.attachShadow({ mode: "open" });
    shadow.adoptedStyleSheets = [SHEET];
    this.#notice.hidden = true;
    this.#iframe.title = "Common assessment form";
    this.#iframe.referrerPolicy = "no-referrer";
    this.#iframe.addEventListener("load", () => this.#meet());
    shadow.append(this.#notice);
  }

  /** The release of this script. */
  get version() {
    return VERSION;
  }

  /** Gives a short-lived access token, or a promise of one: `({ reason }) => token`. */
  get token() {
    return this.#token;
  }
  set token(give) {
    this.#token = typeof give === "function" ? give : undefined;
    if (this.#token) this.#tell({ type: "has-token" });
  }

  /** Answers to fill in, keyed by path. */
  get prefill() {
    return this.#prefill;
  }
  set prefill(answers) {
    this.#prefill = answers ?? undefined;
    if (this.#prefill) this.#tell({ type: "prefill", prefill: this.#prefill });
  }

  /** Resolves once what was typed is stored: true on this device, false where nothing is kept on it. */
  save() {
    return this.#call("save");
  }

  /** Hides everything until the person signs in again, where people sign in. */
  async lock() {
    await this.#call("lock");
  }

  /** Goes to the first heading or control inside. */
  focus(options) {
    this.#iframe.focus(options);
    this.#call("focus").catch(() => {});
  }

  connectedCallback() {
    // Set by a portal before this script had arrived.
    for (const name of ["token", "prefill"]) {
      if (!Object.hasOwn(this, name)) continue;
      const value = this[name];
      delete this[name];
      this[name] = value;
    }
    let address;
    try {
      // Without an address of its own it would frame the portal's page.
      address = this.getAttribute("src") ? new URL(this.getAttribute("src"), document.baseURI) : undefined;
    } catch {
      // Told below.
    }
    if (!/^https?:$/.test(address?.protocol ?? "")) {
      console.error(`${NAME}: src has to be the address of a partner's page, such as https://caf.example/embed/school`);
      return this.#fail();
    }
    this.#origin = address.origin;
    this.#nonce = crypto.randomUUID();
    // The name is set first: the page reads it when it starts, and after each reload.
    this.#iframe.name = `${NAME} ${this.#nonce}`;
    this.#height(FIRST_HEIGHT);
    this.#iframe.src = address.href;
    this.shadowRoot.append(this.#iframe);
    this.#gone = new AbortController();
    const options = { signal: this.#gone.signal, capture: true, passive: true };
    for (const type of ["scroll", "resize"]) addEventListener(type, () => this.#look(), options);
  }

  disconnectedCallback() {
    this.#gone.abort();
    this.#iframe.remove();
    this.#end();
  }

  // A move by moveBefore() keeps frame and port; without this it would count as leaving.
  connectedMoveCallback() {}

  /** A page has loaded in the frame: a new one, so it gets a new port. */
  #meet() {
    this.#end();
    const { port1, port2 } = new MessageChannel();
    this.#port = port1;
    port1.onmessage = ({ data }) => this.#read(data);
    this.#late = setTimeout(() => this.#fail(), PATIENCE);
    this.#iframe.contentWindow.postMessage({ type: CONNECT, nonce: this.#nonce }, this.#origin, [port2]);
    const attributes = ATTRIBUTES.filter((name) => this.hasAttribute(name)).map((name) => [name, this.getAttribute(name)]);
    const start = { type: "start", attributes: Object.fromEntries(attributes), token: Boolean(this.#token) };
    if (!this.#tell({ ...start, prefill: this.#prefill })) {
      this.#tell(start);
      this.#event("assessment-error", { reason: "prefill" });
    }
    for (const message of this.#early.splice(0)) this.#tell(message);
  }

  /** Ends what a page that is gone had begun. */
  #end() {
    clearTimeout(this.#late);
    this.#port?.close();
    this.#port = undefined;
    for (const [id, { reject }] of this.#calls) {
      if (this.#early.some((message) => message.id === id)) continue;
      this.#calls.delete(id);
      reject(new Error("the frame has left the page"));
    }
  }

  /** Says whether it could be sent: an answer that is a function, say, cannot. */
  #tell(message) {
    try {
      this.#port?.postMessage(message);
      return true;
    } catch {
      return false;
    }
  }

  #call(method) {
    return new Promise((resolve, reject) => {
      this.#last += 1;
      const message = { type: "call", id: this.#last, method };
      this.#calls.set(this.#last, { resolve, reject });
      if (this.#port) this.#tell(message);
      else this.#early.push(message);
    });
  }

  /** What the frame may say. What has another shape is ignored. */
  #read(data) {
    if (!isRecord(data)) return;
    const { type, id, height, name, reason } = data;
    if (type === "connected") {
      clearTimeout(this.#late);
      this.#notice.hidden = true;
      this.#look();
    } else if (type === "height" && Number.isFinite(height) && height > 0) {
      this.#height(Math.min(Math.ceil(height), MAX_HEIGHT));
    } else if (type === "event" && EVENTS.has(name)) {
      const detail = copied(data.detail);
      if (detail !== undefined) this.#event(name, detail);
    } else if (type === "token" && isId(id)) {
      this.#give(id, isText(reason) ? reason : "request");
    } else if (type === "result" && isId(id)) {
      const call = this.#calls.get(id);
      this.#calls.delete(id);
      if (data.done === true) call?.resolve(data.value === true);
      else call?.reject(new Error("the form could not do that; it says why on the screen"));
    }
  }

  async #give(id, reason) {
    let token = null;
    try {
      token = await this.#token?.({ reason });
    } catch {
      // The portal's own trouble: the form hears that there is no token, and says so.
    }
    this.#tell({ type: "token", id, token: typeof token === "string" ? token : null });
  }

  #height(pixels) {
    if (this.getAttribute("fit") === "none") return;
    this.#iframe.style.blockSize = `${pixels}px`;
    this.#look();
  }

  /** Tells the frame which part of it is in view, so that warnings and numbers that stay in view do so in here, too. */
  #look() {
    if (!this.#port) return;
    new IntersectionObserver(([{ boundingClientRect: whole, intersectionRect: seen }], observer) => {
      observer.disconnect();
      // Out of view, or not shown at all: the place in which it was last seen will do.
      if (!seen.height) return;
      this.#tell({ type: "view", start: seen.top - whole.top, end: whole.bottom - seen.bottom });
    }).observe(this.#iframe);
  }

  #fail() {
    const line = (...parts) => {
      const made = document.createElement("p");
      made.append(...parts);
      return made;
    };
    const link = document.createElement("a");
    Object.assign(link, { textContent: "Open the form in a new window", target: "_blank", rel: "noopener noreferrer" });
    if (this.#origin) link.href = this.#origin;
    this.#notice.setAttribute("role", "alert");
    this.#notice.replaceChildren(
      line("The form did not open on this page. If a child is in danger now, ring 999. To report a crime that is not an emergency, ring 101."),
      ...(this.#origin ? [line(link)] : []),
    );
    this.#notice.hidden = false;
    this.#event("assessment-error", { reason: "frame" });
  }

  #event(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { bubbles: true, composed: true, detail }));
  }
}

const known = customElements.get(NAME);
if (known) {
  console.info(`${NAME}: this page has ${known.version} already; ${VERSION} is not used`);
} else {
  Object.defineProperty(CommonAssessmentFrame, "version", { value: VERSION });
  customElements.define(NAME, CommonAssessmentFrame);
}
