// How JSX knows the element. Its other types are in the package.
import type { DetailedHTMLProps, HTMLAttributes } from "react";

interface ElementProperties extends DetailedHTMLProps<HTMLAttributes<HTMLElement>, HTMLElement> {
  api: string;
  token?: () => Promise<string>;
  prefill?: Readonly<Record<string, unknown>>;
  "onassessment-submitted"?: () => void;
  "onassessment-error"?: (event: CustomEvent<{ readonly reason: string }>) => void;
}

declare module "react" {
  namespace JSX {
    interface IntrinsicElements {
      "common-assessment": ElementProperties;
    }
  }
}
