/**
 * `<common-assessment>`: the Common Assessment Framework form as one element, for a portal's page.
 *
 * Attributes and properties are read when the element is put into the page, except where it says otherwise. No event, error or
 * attribute ever carries anything about a person.
 */

/** What the form opens. `plan`, `review` and `read` need `assessment`. */
export type AssessmentMode = "assess" | "plan" | "review" | "read";

/** The element's attributes, as strings. */
export interface CommonAssessmentAttributes {
  /** The server's base address; `/api/v1/` where it is left out. May be on another origin that knows this one. */
  api?: string;
  /** The id of the authority's profile that the server must have. With another one the form does not start (`profile`). */
  profile?: string;
  /** Language of the words; `en-GB` where there are none. */
  locale?: string;
  /** The id of a record that is kept here, or of an episode on the server. */
  assessment?: string;
  /** What to open; `assess` where it is left out. */
  mode?: AssessmentMode;
  /** `page`: its pages go into the browser's history; of several on a page only the first one's. `none` where it is left out. */
  history?: "page" | "none";
  /** `page`: the document is the form's own, and its print is the form's. Anywhere else the form prints in a frame of its own. */
  print?: "page";
  /** `device`: records are kept in this browser. `none`, where it is left out: they are kept until the page is left. */
  drafts?: "device" | "none";
  /** `light` where it is left out; `auto`: as the reader's device has it. */
  scheme?: "light" | "dark" | "auto";
}

/** Why a token is asked for. The portal decides each time; for `unlock` it should make sure who is there. */
export type TokenReason = "request" | "refused" | "retry" | "unlock";

/**
 * Gives a short-lived bearer token of the portal's provider. Asked again after 80 % of its life, and once where the server
 * refuses one; has 10 seconds. The token is kept in memory and sent in the `Authorization` header, and nowhere else.
 */
export type TokenCallback = (request: { reason: TokenReason }) => string | Promise<string>;

/**
 * Answers that the portal knows, by path, for the next new record: texts and codes as strings, lists as arrays of strings, dates
 * as `2019-02-03`. Only names, numbers, addresses, languages and who works with the family: never danger, concerns, agreement,
 * conclusions, what rules read, or who must not be told. The practitioner is asked to check them. What cannot be taken is named in `assessment-error` (`prefill`).
 */
export type Prefill = Readonly<Record<string, string | readonly string[]>>;

/**
 * What went wrong. `load`: a part could not be fetched or was not the expected one. `stopped`: the program has stopped; what was
 * typed is still shown. `webassembly`: this page's policy or browser refuses it. `token`: the portal gave none. `profile`,
 * `mode`, `assessment`: the page asks for what there is not. `version`: server and component have no version of the interface in
 * common. `api`: the server could not be reached, and the numbers shown may be another authority's. `prefill`: see `paths`.
 */
export type AssessmentErrorReason =
  | "load" | "stopped" | "webassembly" | "token" | "profile" | "mode" | "assessment" | "version" | "api" | "prefill";

export type AssessmentErrorDetail =
  | { reason: Exclude<AssessmentErrorReason, "prefill">; at: string }
  | { reason: "prefill"; paths: readonly string[] };

/** The events of the element; all bubble and cross shadow roots. */
export interface CommonAssessmentEvents {
  /** The form can be used. */
  "assessment-ready": CustomEvent<null>;
  /** Something in the open record has changed. */
  "assessment-changed": CustomEvent<null>;
  /** Something was stored on this device; never where nothing is kept on it. */
  "assessment-saved": CustomEvent<null>;
  /** What the form suggests is another result. Never which. */
  "assessment-outcome": CustomEvent<null>;
  /** The server has stored an assessment. */
  "assessment-submitted": CustomEvent<null>;
  /** The portal gave no token that can be used. */
  "assessment-needs-token": CustomEvent<null>;
  /** Another page of the form is shown; its title, which never names anybody. */
  "assessment-page": CustomEvent<string>;
  "assessment-error": CustomEvent<AssessmentErrorDetail>;
}

export interface CommonAssessmentElement extends HTMLElement {
  /** May be set at any time, also before the script has arrived. */
  token: TokenCallback | undefined;
  /** May be set at any time, also before the script has arrived. Used once, by the next new record. */
  prefill: Prefill | undefined;
  /** The release of the component that this page uses. */
  readonly version: string;
  /** Stores what was typed. True once all of it is on this device; false where nothing is kept on it or the browser refuses. */
  save(): Promise<boolean>;
  /** Hides everything until the same person signs in again. Does nothing where nobody signs in. */
  lock(): void;
  /** Moves the focus to the first heading or control inside. */
  focus(options?: FocusOptions): void;
  addEventListener<K extends keyof CommonAssessmentEvents>(
    type: K,
    listener: (this: CommonAssessmentElement, event: CommonAssessmentEvents[K]) => unknown,
    options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener<K extends keyof HTMLElementEventMap>(
    type: K,
    listener: (this: CommonAssessmentElement, event: HTMLElementEventMap[K]) => unknown,
    options?: boolean | AddEventListenerOptions,
  ): void;
}

declare global {
  interface HTMLElementTagNameMap {
    "common-assessment": CommonAssessmentElement;
  }
}
