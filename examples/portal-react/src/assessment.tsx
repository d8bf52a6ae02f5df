// <common-assessment> as a React component. React 19 sets properties of custom elements and listens to their events by name.
import type {} from "common-assessment/react";
import { useMemo } from "react";

export interface Pupil {
  readonly given: string;
  readonly family: string;
  /** As `2018-05-04`. */
  readonly born: string;
}

interface Properties {
  readonly api: string;
  readonly pupil: Pupil;
  readonly onSubmitted: () => void;
  readonly onProblem: (reason: string) => void;
}

/** The portal's own server knows who is signed in. The token is kept nowhere here. */
async function token(): Promise<string> {
  const reply = await fetch("/session/token", { method: "POST" });
  if (!reply.ok) throw new Error(`no token: HTTP ${reply.status}`);
  return reply.text();
}

export function Assessment({ api, pupil, onSubmitted, onProblem }: Properties) {
  // The same object in each render: another one would fill in again.
  const prefill = useMemo(
    () => ({
      "identifying_details.given_names": pupil.given,
      "identifying_details.family_name": pupil.family,
      "identifying_details.dob": pupil.born,
    }),
    [pupil],
  );
  return (
    <common-assessment
      api={api}
      token={token}
      prefill={prefill}
      onassessment-submitted={onSubmitted}
      onassessment-error={(event) => onProblem(event.detail.reason)}
    />
  );
}
