// The page inside a portal's frame (embed.html): puts the form there, and joins it to the portal's script
// (common-assessment-frame.js) through one MessagePort. It knows nothing of the form's questions.
//
// A window may get messages from anybody. Exactly one is taken: from the parent, from an origin that the server wrote
// into this page, with the nonce that is in this frame's name. All else is ignored without a word; nothing is ever
// posted to a window. What then comes through the port is read by shape; what has another shape is ignored, too.

/** What the portal's script begins the frame's name with; the nonce follows. A name survives a reload, and is in no address. */
const NAMED = "common-assessment-frame ";
const CONNECT = "common-assessment-connect";
/** Milliseconds until the form opens without a portal that had announced itself. */
const PATIENCE = 10_000;
/** Milliseconds between two looks at the height, where nothing observes it. */
const REMEASURE = 500;
/** What a portal may set. Never `api`: this page's own server is the only one. */
const ATTRIBUTES = ["profile", "locale", "assessment", "mode", "history", "drafts", "scheme"];
const METHODS = ["save", "focus", "lock"];
/** With one of these as its reason the form has not started, and will not. */
const NOT_STARTED = ["load", "webassembly", "mode", "assessment", "profile", "version"];
/** `common-assessment-frame.js` has the same list. */
const EVENTS = ["page", "submitted", "error", "ready", "changed", "saved", "outcome", "needs-token"].map((name) => `assessment-${name}`);
/** Characters of an attribute, of a token, and of the prefilled answers as JSON. */
const LONGEST = { attribute: 200, token: 16_384, prefill: 262_144 };

const isText = (value, longest) => typeof value === "string" && value.length <= longest;
const isId = (value) => Number.isSafeInteger(value) && value > 0;
/** A plain object: what a structured clone gives for one, and not an array, a map or a buffer. */
const isRecord = (value) => typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;

/** Answers to fill in, as plain JSON; nothing where they are too many or none that JSON can hold. */
function prefilled(value) {
  try {
    const json = isRecord(value) ? JSON.stringify(value) : "";
    return json && json.length <= LONGEST.prefill ? JSON.parse(json) : undefined;
  } catch {
    // A cycle, or a number that JSON does not know.
    return undefined;
  }
}

const form = document.createElement("common-assessment");
form.setAttribute("api", new URL("../api/v1/", location.href).pathname);

/** Whether the portal has said how the form is to be, and whether somebody did anything in one that opened before. */
let isStarted = false;
let isUsed = false;
for (const type of ["pointerdown", "keydown", "click", "input"]) form.addEventListener(type, () => (isUsed = true), true);

function show() {
  if (form.isConnected) return;
  const main = document.querySelector("main");
  // What to do in danger is inside the form until it draws itself, and stays in view where its script could not be loaded.
  form.replaceChildren(...main.childNodes);
  main.replaceChildren(form);
  // The language of its words, which is not always the one that was asked for.
  document.documentElement.lang = form.shadowRoot?.querySelector(".ca-root")?.lang || "en-GB";
}

/** Settles once the form can be asked something: true where it has started, false where it will not. */
let started;
let isReady = false;
function starts() {
  isReady = false;
  started = new Promise((done) => {
    form.addEventListener("assessment-ready", () => done((isReady = true)), { once: true });
    form.addEventListener("assessment-error", ({ detail }) => NOT_STARTED.includes(detail?.reason) && done(false));
  });
}
starts();

/** With and without a portal's token it is another form, which starts once more. */
function giveToken(callback) {
  const isAnother = isReady && !form.token !== !callback;
  form.token = callback;
  if (isAnother) starts();
}

/** The portal's side of the connection, once there is one. */
let portal;
const tell = (message) => {
  try {
    portal.postMessage(message);
  } catch {
    // Something that cannot be cloned is nobody's to read.
  }
};

/** Promises of tokens that the portal was asked for. */
const asked = new Map();
let last = 0;
const token = ({ reason } = {}) =>
  new Promise((resolve, reject) => {
    last += 1;
    asked.set(last, { resolve, reject });
    tell({ type: "token", id: last, reason: isText(reason, 40) ? reason : "request" });
  });

/** Pixels that the line with 999 needs: with less in view it is where it would be without a frame. */
const LEAST_IN_VIEW = 100;
/** Pixels at the frame's top and bottom that are out of view, as the portal told last. */
let view = { start: 0, end: 0 };
function inView() {
  // Nothing that would take those parts out of the frame. A frame that the portal has just made higher may be told before it
  // is: its `resize` comes here again.
  const { start, end } = view.start + view.end + LEAST_IN_VIEW > innerHeight ? { start: 0, end: 0 } : view;
  const { style } = form.shadowRoot?.querySelector(".ca-root") ?? {};
  style?.setProperty("--ca-view-start", `${Math.round(start)}px`);
  style?.setProperty("--ca-view-end", `${Math.round(end)}px`);
}

/** What the portal may say, by `type`. Each reads its own fields and does nothing where one has another shape. */
const READ = {
  async start({ attributes, prefill, token: has }) {
    if (isStarted || isUsed) return;
    isStarted = true;
    if (form.isConnected) {
      // It opened without its portal, which was late. An element reads its attributes when it is put in.
      starts();
      document.querySelector("main").replaceChildren(...form.childNodes);
      await undefined;
    }
    for (const name of ATTRIBUTES) {
      const value = isRecord(attributes) && Object.hasOwn(attributes, name) ? attributes[name] : undefined;
      if (isText(value, LONGEST.attribute)) form.setAttribute(name, value);
    }
    if (has === true) giveToken(token);
    READ.prefill({ prefill });
    show();
  },
  prefill({ prefill }) {
    const answers = prefilled(prefill);
    if (answers) form.prefill = answers;
  },
  /** A portal may set its callback after the form has opened. */
  "has-token"() {
    giveToken(token);
  },
  /** Nobody is signed in at the portal any more: the token that there is counts no more. What is open or locked stays so. */
  "no-token"() {
    if (form.token) form.token = token;
  },
  token({ id, token }) {
    const waiting = isId(id) && asked.get(id);
    if (!waiting) return;
    asked.delete(id);
    if (isText(token, LONGEST.token) && token) waiting.resolve(token);
    else waiting.reject(new Error("the portal gave no token"));
  },
  async call({ id, method }) {
    if (!isId(id) || !METHODS.includes(method)) return;
    try {
      // Before that there is nothing to lock or to store, and it would be said to be done.
      if (method !== "focus" && !(await started)) throw new Error("not started");
      const value = await form[method]();
      tell({ type: "result", id, done: true, value: value === true });
    } catch {
      // The form has said why on the screen, and the portal hears only that it did not work.
      tell({ type: "result", id, done: false });
    }
  },
  /** How much of the frame's top and bottom is out of view: what stays in view while somebody scrolls goes by it. */
  view({ start, end }) {
    if (![start, end].every((pixels) => Number.isFinite(pixels) && pixels >= 0)) return;
    view = { start, end };
    inView();
  },
};

function connect(port) {
  portal = port;
  port.onmessage = ({ data }) => {
    if (isRecord(data) && typeof data.type === "string" && Object.hasOwn(READ, data.type)) READ[data.type](data);
  };
  for (const name of EVENTS) {
    form.addEventListener(name, ({ detail }) => {
      if (name === "assessment-page" && isText(detail, 300)) document.title = detail;
      tell({ type: "event", name, detail: detail ?? null });
    });
  }
  let known = 0;
  const measure = () => {
    const height = Math.ceil(document.body.getBoundingClientRect().height);
    // A frame that is not shown has no height to tell.
    if (height && height !== known) tell({ type: "height", height: (known = height) });
  };
  new ResizeObserver(measure).observe(document.body);
  addEventListener("resize", inView);
  // Browsers do not draw a frame that is out of view, and then observe nothing in it.
  setInterval(measure, REMEASURE);
  tell({ type: "connected" });
  // Its script runs before this one.
  if (!customElements.get("common-assessment")) form.dispatchEvent(new CustomEvent("assessment-error", { detail: { reason: "load" } }));
}

const nonce = window.name.startsWith(NAMED) ? window.name.slice(NAMED.length) : "";
const origins = (document.querySelector('meta[name="portal-origins"]')?.content ?? "").split(" ").filter((origin) => /^https?:/.test(origin));

if (nonce && origins.length && parent !== window) {
  const late = setTimeout(show, PATIENCE);
  addEventListener("message", function meet({ data, source, origin, ports }) {
    if (source !== parent || !origins.includes(origin) || !isRecord(data)) return;
    if (data.type !== CONNECT || data.nonce !== nonce || ports.length !== 1) return;
    removeEventListener("message", meet);
    clearTimeout(late);
    connect(ports[0]);
  });
} else {
  // A plain frame, with no script of the portal. It has a history of its own.
  form.setAttribute("history", "page");
  show();
}
