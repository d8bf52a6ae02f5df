// The portal's access token: asked for by its callback, used for one request after another, asked for again before it ends.
// It is in one private field and in the header of a request, and nowhere else.

/** Milliseconds that a portal has to answer. */
const PATIENCE = 10_000;
/** Milliseconds after which a token is asked for again that does not say when it ends. */
const UNKNOWN_LIFE = 240_000;
/** The share of its life after which a token is asked for again. */
const SHARE = 0.8;
/** Asked for these the portal decides every time. */
const FRESH = ["unlock", "retry"];
/** What a header can carry. */
const USABLE = /^[\x21-\x7e]{1,16384}$/;

/** When to ask again. A device's clock may be wrong: where it is not within the token's life, the time counts from now. */
function askAgainAt(token, now) {
  try {
    const [, claims] = token.split(".");
    const { iat, exp } = JSON.parse(atob(claims.replaceAll("-", "+").replaceAll("_", "/")));
    const [from, to] = [(iat ?? now / 1000) * 1000, exp * 1000];
    if (to > from) return (from <= now && now < to ? from : now) + SHARE * (to - from);
  } catch {
    // No JWT, or none that can be read: the server decides.
  }
  return now + UNKNOWN_LIFE;
}

export class Tokens {
  #callback;
  #told;
  #token = "";
  #until = 0;
  #asking;
  /** How many callbacks there have been: what an earlier one gives late is nobody's. */
  #generation = 0;
  /** Ends the wait for an answer of the callback. */
  #giveUp = () => {};
  /** The last one that came, also while another is asked for. */
  #last = "";
  /** The one that counted when the form was locked; empty where there was none. */
  #beforeLock = "";

  /** `told(true)` after each token that came, `told(false)` where none did. */
  constructor(callback, told) {
    [this.#callback, this.#told] = [callback, told];
  }

  /**
   * Another callback may be another person's: neither the token that there is counts, nor one that the callback before was asked
   * for. Those who wait get what the new one gives.
   */
  set callback(callback) {
    [this.#callback, this.#token, this.#last, this.#asking] = [callback, "", "", undefined];
    this.#generation += 1;
    this.#giveUp(new Error("another callback"));
  }

  /**
   * The token that counts now. `refused` is one that the server did not take; where it took a second one neither, that is
   * "useless" and there is none. Asked once, however many wait for it.
   */
  get(reason, refused) {
    if (reason === "useless") return this.#none();
    // The one who is there after a lock is not asked who was there before it.
    if (reason === "lock") this.#beforeLock = this.#last;
    if (reason === "lock" || reason === "locked") return Promise.resolve(this.#beforeLock);
    // What is under way was asked for something else.
    if (FRESH.includes(reason)) return (this.#asking ?? Promise.resolve()).catch(() => {}).then(() => this.#asked(reason));
    if (this.#token && this.#token !== refused && Date.now() < this.#until) return Promise.resolve(this.#token);
    return this.#asked(reason);
  }

  #asked(reason) {
    if (this.#asking) return this.#asking;
    const asking = this.#ask(reason).finally(() => {
      if (this.#asking === asking) this.#asking = undefined;
    });
    return (this.#asking = asking);
  }

  async #ask(reason) {
    this.#token = "";
    const [callback, generation] = [this.#callback, this.#generation];
    let timer;
    const late = new Promise((_, fail) => {
      this.#giveUp = fail;
      timer = setTimeout(() => fail(new Error("no answer")), PATIENCE);
    });
    try {
      const token = await Promise.race([Promise.resolve().then(() => callback({ reason })), late]);
      if (generation !== this.#generation) throw new Error("another callback");
      if (typeof token !== "string" || !USABLE.test(token)) throw new Error("no token");
      [this.#token, this.#last, this.#until] = [token, token, askAgainAt(token, Date.now())];
      this.#told(true);
      return token;
    } catch {
      return await (generation === this.#generation ? this.#none() : this.#asked(reason));
    } finally {
      clearTimeout(timer);
    }
  }

  async #none() {
    this.#token = "";
    this.#told(false);
    // Not what the portal threw: it may name somebody.
    throw new Error("The portal gave no token.");
  }
}
