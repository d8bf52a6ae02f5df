// The types of <common-assessment-frame>, for portals in TypeScript. The script defines the element and exports nothing.

/** Why the form asks for a token: `request`, `refused`, `retry` or `unlock`. */
export interface TokenRequest {
  readonly reason: string;
}

export interface CommonAssessmentFrameElement extends HTMLElement {
  /** The release of the script. */
  readonly version: string;
  /** Gives a short-lived access token. Asked for again before it ends and after a refusal. */
  token: ((request: TokenRequest) => string | Promise<string>) | undefined;
  /** Answers to fill in, keyed by path, such as `identifying_details.family_name`. */
  prefill: Readonly<Record<string, unknown>> | undefined;
  /** Resolves once what was typed is stored: true on this device, false where nothing is kept on it. Rejects where it could not be. */
  save(): Promise<boolean>;
  /** Resolves once the form is locked. */
  lock(): Promise<void>;
}

/** No event carries anything about a person. */
export interface CommonAssessmentFrameEvents {
  "assessment-ready": CustomEvent<unknown>;
  /** The title of the form's page. */
  "assessment-page": CustomEvent<string>;
  "assessment-changed": CustomEvent<unknown>;
  "assessment-saved": CustomEvent<unknown>;
  "assessment-outcome": CustomEvent<unknown>;
  "assessment-submitted": CustomEvent<unknown>;
  "assessment-needs-token": CustomEvent<unknown>;
  /** `reason` is `frame` where the frame did not open; the others are those of the element. */
  "assessment-error": CustomEvent<{ readonly reason: string; readonly at?: string; readonly paths?: readonly string[] }>;
}

declare global {
  interface HTMLElementTagNameMap {
    "common-assessment-frame": CommonAssessmentFrameElement;
  }
}
