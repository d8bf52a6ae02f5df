// How JSX of React 19 knows both elements: `import "common-assessment/react"` once, in any file. React is the portal's own.

import type { DetailedHTMLProps, HTMLAttributes } from "react";

import type { CommonAssessmentFrameAttributes, CommonAssessmentFrameElement, CommonAssessmentFrameEvents } from "./common-assessment-frame.js";
import type { CommonAssessmentAttributes, CommonAssessmentElement, CommonAssessmentEvents, Prefill, TokenCallback } from "./common-assessment.js";

/** React 19 listens to an event of a custom element by its name: `onassessment-submitted`. */
type Listeners<Events> = { [Name in keyof Events & string as `on${Name}`]?: (event: Events[Name]) => void };

type Properties<Element, Attributes, Events> = DetailedHTMLProps<HTMLAttributes<Element>, Element> &
  Attributes &
  Listeners<Events> & { token?: TokenCallback | undefined; prefill?: Prefill | undefined };

declare module "react" {
  namespace JSX {
    interface IntrinsicElements {
      "common-assessment": Properties<CommonAssessmentElement, CommonAssessmentAttributes, CommonAssessmentEvents>;
      "common-assessment-frame": Properties<CommonAssessmentFrameElement, CommonAssessmentFrameAttributes, CommonAssessmentFrameEvents>;
    }
  }
}
