// What an element keeps for as long as its page is open, and nowhere else: records where nothing is kept on the device, and
// where somebody was. It outlives the form, so that an element that is taken out and put in again has every word. No storage.

/** Milliseconds that a browser has to say whether it keeps anything; the form opens all the same. */
const PATIENCE = 2_000;

/** Whether the browser lets this page keep anything. In a frame of another site it may refuse, which only a database tells. */
export function canKeep() {
  const asked = Promise.resolve().then(() => indexedDB.databases?.());
  const late = new Promise((done) => setTimeout(done, PATIENCE));
  return Promise.race([asked, late]).then(() => true, () => false);
}

export class Memory {
  /** Records by id, as `src/io/local_draft/in_memory.rs` writes them. */
  records = new Map();
  /** The page and the record that somebody was at; undefined before the first. */
  place = undefined;
  /** What is typed on the pages of records that were sent, by the digest of whose it is. */
  texts = new Map();
  /** Whether the form has been given what the page fills in. */
  isFilled = false;
  /** Whether it was locked before it was known who was there, and has not been opened since. */
  isLocked = false;
  #guards = false;
  #ask = (event) => {
    event.preventDefault();
    // Browsers before 2023 ask only for this.
    event.returnValue = true;
  };

  /** Whether the browser asks before the page is left, because something is here that is nowhere else. */
  guard(on) {
    if (on === this.#guards) return;
    this.#guards = on;
    (on ? addEventListener : removeEventListener)("beforeunload", this.#ask);
  }
}
