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
/** Milliseconds until a frame that does not load, or has loaded and does not answer, counts as not opened. */
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
  // An important rule in here beats one of the page: nothing on the element itself makes the notice faint or small.
  ":host{display:block;writing-mode:horizontal-tb!important;opacity:1!important;filter:none!important;clip-path:none!important;" +
    "mask:none!important;mix-blend-mode:normal!important;zoom:1!important}:host([hidden]){display:none!important}" +
    // What is inherited from the page ends here. `medium` is the reader's own size of text, whatever the page has set.
    ".all{all:initial;direction:ltr;display:block;position:relative;inline-size:100%;font:medium/1.3 system-ui,sans-serif}" +
    "iframe{display:block;inline-size:100%;border:0}:host([fit=none]) :is(.all,iframe){block-size:100%}" +
    // While it waits it is over the empty frame, so that nothing below moves; then above the frame.
    ".notice{background:#fff;color:#0b0c0c;padding:15px}.notice[hidden]{display:none}.notice:not([role]){position:absolute;inset:0 0 auto}" +
    "p{margin:0 0 10px;font-size:1.1875em}a{color:#1a65a6}a:focus{outline:3px solid #0b0c0c}",
);

const NOT_OPENED = "the form did not open: look at src, at this page's frame-src, and whether this origin is on the authority's list";
const URGENT = "If a child is in danger now, ring 999. To report a crime that is not an emergency, ring 101.";

/** A paragraph in which each number can be rung. */
function line(text) {
  const made = document.createElement("p");
  for (const [at, part] of text.split(/\b(\d{3})\b/).entries()) made.append(at % 2 ? link(part, `tel:${part}`) : part);
  return made;
}

const link = (textContent, href) => Object.assign(document.createElement("a"), { textContent, href });

class CommonAssessmentFrame extends HTMLElement {
  #iframe = document.createElement("iframe");
  /** What to do in danger, and what went wrong, for as long as the form is not there. */
  #notice = document.createElement("div");
  #all = document.createElement("div");
  #origin = "";
  #nonce = "";
  #port;
  /** Whether the page in the frame has answered. */
  #isThere = false;
  /** The timer while it waits for the page in the frame. */
  #late;
  /** Calls that have no answer. Those from before the form was there are sent to it once it is. */
  #calls = new Map();
  #last = 0;
  #token;
  #prefill;
  #gone = new AbortController();

  constructor() {
    super();
    const shadow = this.attachShadow({ mode: "open" });
    shadow.adoptedStyleSheets = [SHEET];
    this.#notice.className = "notice";
    this.#notice.hidden = true;
    this.#all.className = "all";
    this.#all.lang = "en-GB";
    this.#iframe.title = "Common assessment form";
    this.#iframe.referrerPolicy = "no-referrer";
    this.#iframe.addEventListener("load", () => this.#meet());
    this.#all.append(this.#notice);
    shadow.append(this.#all);
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
    this.#tell({ type: this.#token ? "has-token" : "no-token" });
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

  /** Hides everything until the person signs in again, where people sign in; as soon as the form is there, where it is not. */
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
    this.#notice.removeAttribute("role");
    this.#notice.replaceChildren(line("Loading the form"), line(URGENT));
    this.#notice.hidden = false;
    this.#wait();
    this.#origin = address.origin;
    this.#nonce = crypto.randomUUID();
    // The name is set first: the page reads it when it starts, and after each reload.
    this.#iframe.name = `${NAME} ${this.#nonce}`;
    this.#height(FIRST_HEIGHT);
    this.#iframe.src = address.href;
    this.#all.append(this.#iframe);
    this.#gone = new AbortController();
    const options = { signal: this.#gone.signal, capture: true, passive: true };
    for (const type of ["scroll", "resize"]) addEventListener(type, () => this.#look(), options);
  }

  disconnectedCallback() {
    this.#gone.abort();
    this.#iframe.remove();
    this.#end("the frame has left the page");
  }

  // A move by moveBefore() keeps frame and port; without this it would count as leaving.
  connectedMoveCallback() {}

  /** A page has loaded in the frame: a new one, so it gets a new port. */
  #meet() {
    this.#end(this.#isThere && "the frame was loaded again");
    this.#wait();
    const { port1, port2 } = new MessageChannel();
    this.#port = port1;
    port1.onmessage = ({ data }) => this.#read(data);
    this.#iframe.contentWindow.postMessage({ type: CONNECT, nonce: this.#nonce }, this.#origin, [port2]);
    const attributes = ATTRIBUTES.filter((name) => this.hasAttribute(name)).map((name) => [name, this.getAttribute(name)]);
    const start = { type: "start", attributes: Object.fromEntries(attributes), token: Boolean(this.#token) };
    if (!this.#tell({ ...start, prefill: this.#prefill })) {
      this.#tell(start);
      this.#event("assessment-error", { reason: "prefill" });
    }
  }

  /** The server may be asked, or the page in the frame, and not answer. */
  #wait() {
    clearTimeout(this.#late);
    this.#late = setTimeout(() => this.#fail(), PATIENCE);
  }

  /** Ends what a page that is gone had begun; calls too, where there is a reason. */
  #end(why) {
    clearTimeout(this.#late);
    this.#port?.close();
    this.#port = undefined;
    this.#isThere = false;
    if (why) this.#refuse(why);
  }

  /** Answers those that wait. A lock that was asked for is still asked of a form that comes later. */
  #refuse(why) {
    for (const [id, { message, reject }] of this.#calls) {
      if (message.method !== "lock") this.#calls.delete(id);
      reject(new Error(why));
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
      this.#calls.set(this.#last, { message, resolve, reject });
      if (this.#isThere) this.#tell(message);
      else if (this.isConnected && !this.#late) this.#refuse(NOT_OPENED);
    });
  }

  /** What the frame may say. What has another shape is ignored. */
  #read(data) {
    if (!isRecord(data)) return;
    const { type, id, height, name, reason } = data;
    if (type === "connected") {
      clearTimeout(this.#late);
      this.#notice.hidden = true;
      this.#isThere = true;
      for (const { message } of this.#calls.values()) this.#tell(message);
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
    const way = document.createElement("p");
    way.append(Object.assign(link("Open the form in a new window", this.#origin), { target: "_blank", rel: "noopener noreferrer" }));
    this.#notice.setAttribute("role", "alert");
    this.#notice.replaceChildren(line("The form did not open on this page."), line(URGENT), ...(this.#origin ? [way] : []));
    this.#notice.hidden = false;
    this.#late = undefined;
    this.#refuse(NOT_OPENED);
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
