// A portal in React with the form in its page.
import { StrictMode, useState } from "react";
import { createRoot } from "react-dom/client";

import { Assessment, type Pupil } from "./assessment.tsx";

/** Invented. A portal has its own list. */
const PUPIL: Pupil = { given: "Ada", family: "Example", born: "2018-05-04" };

function Portal() {
  const [news, setNews] = useState("");
  const [isOpen, setOpen] = useState(true);
  return (
    <main>
      <h1>A pupil who may need help</h1>
      <p id="news" role="status">{news}</p>
      <button type="button" onClick={() => setOpen(!isOpen)}>{isOpen ? "Close the form" : "Open the form"}</button>
      {/* Hidden and not taken away: what was typed and not sent is in this element alone. */}
      <div hidden={!isOpen}>
        <Assessment
          api="https://caf.example/api/v1/"
          pupil={PUPIL}
          onSubmitted={() => setNews("The assessment was sent.")}
          onProblem={(reason) => setNews(`The form has a problem: ${reason}.`)}
        />
      </div>
    </main>
  );
}

const root = document.querySelector("#root");
if (!root) throw new Error("index.html has no #root");
createRoot(root).render(
  <StrictMode>
    <Portal />
  </StrictMode>,
);
