// The types of <common-assessment-frame>, for portals in TypeScript. The script defines the element and exports nothing.

import type {
  AssessmentErrorReason, AssessmentMode, CommonAssessmentEvents, Prefill, TokenCallback,
} from "./common-assessment.js";

/** The element's attributes, as strings. */
export interface CommonAssessmentFrameAttributes {
  /** `https://…/embed/` and the partner's name. */
  src: string;
  /** The id of the authority's profile that the server must have. With another one the form does not start (`profile`). */
  profile?: string;
  /** Language of the words; `en-GB` where there are none. */
  locale?: string;
  /** The id of a record that is kept in this browser, or of an episode on the server. */
  assessment?: string;
  /** What to open; `assess` where it is left out. */
  mode?: AssessmentMode;
  /** `page`: the form's pages go into the browser's history. `none` where it is left out. */
  history?: "page" | "none";
  /** `device`: records are kept in this browser, where it lets a frame do so. `none`, where it is left out. */
  drafts?: "device" | "none";
  /** `light` where it is left out; `auto`: as the reader's device has it. */
  scheme?: "light" | "dark" | "auto";
  /** `none`: the frame keeps the height that the page's styles give it. Without it the frame is as high as the form. */
  fit?: "none";
}

export interface CommonAssessmentFrameElement extends HTMLElement {
  /** The release of the script. */
  readonly version: string;
  /** May be set at any time, also before the script has arrived. Without it nobody is signed in. */
  token: TokenCallback | undefined;
  /** May be set at any time, also before the script has arrived. Used once, by the next new record. */
  prefill: Prefill | undefined;
  /**
   * Resolves once what was typed is stored: true on this device, false where nothing is kept on it. Waits until the form has
   * started; rejects where it does not, where the frame leaves the page, and where it could not be stored.
   */
  save(): Promise<boolean>;
  /**
   * Resolves once the form is locked. Waits until the form has started, and rejects as `save()` does; a form that comes later
   * is locked all the same.
   */
  lock(): Promise<void>;
  /** Moves the focus to the first heading or control inside. */
  focus(options?: FocusOptions): void;
  addEventListener<K extends keyof CommonAssessmentFrameEvents>(
    type: K,
    listener: (this: CommonAssessmentFrameElement, event: CommonAssessmentFrameEvents[K]) => unknown,
    options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener<K extends keyof HTMLElementEventMap>(
    type: K,
    listener: (this: CommonAssessmentFrameElement, event: HTMLElementEventMap[K]) => unknown,
    options?: boolean | AddEventListenerOptions,
  ): void;
}

/** Why the form did not do something: the element's reasons, and `frame` where the frame did not open. */
export type FrameErrorReason = AssessmentErrorReason | "frame";

/** `paths` come with `prefill` only, where the form could read what was to be filled in. */
export interface FrameErrorDetail {
  readonly reason: FrameErrorReason;
  readonly at?: string;
  readonly paths?: readonly string[];
}

/** The element's events. None carries anything about a person. */
export interface CommonAssessmentFrameEvents extends Omit<CommonAssessmentEvents, "assessment-error"> {
  "assessment-error": CustomEvent<FrameErrorDetail>;
}

declare global {
  interface HTMLElementTagNameMap {
    "common-assessment-frame": CommonAssessmentFrameElement;
  }
}
