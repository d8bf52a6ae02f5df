// A page in React that takes the form out and puts it in again, for the test of what is left behind: the worked portal
// (examples/portal-react) hides it instead, so that nothing typed is lost. Its component, page and React are that portal's.

import { mkdtemp, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

import { build } from "esbuild";

const REACT = fileURLToPath(new URL("../../examples/portal-react", import.meta.url));
const PAGE = `
import { StrictMode, useState } from "react";
import { createRoot } from "react-dom/client";
import { Assessment } from "./assessment.tsx";
const PUPIL = { given: "Ada", family: "Example", born: "2018-05-04" };
const nothing = () => {};
function Page() {
  const [isOpen, setOpen] = useState(true);
  return (
    <main>
      <button type="button" onClick={() => setOpen(!isOpen)}>{isOpen ? "Close the form" : "Open the form"}</button>
      {isOpen && <Assessment api="https://caf.example/api/v1/" pupil={PUPIL} onSubmitted={nothing} onProblem={nothing} />}
    </main>
  );
}
createRoot(document.querySelector("#root")).render(<StrictMode><Page /></StrictMode>);
`;

/** Builds it into a new folder, which it gives. */
export async function reactPage() {
  const folder = await mkdtemp(path.join(tmpdir(), "common-assessment-react-"));
  await build({
    stdin: { contents: PAGE, loader: "tsx", resolveDir: path.join(REACT, "src") },
    ...{ bundle: true, minify: true, format: "esm", target: "es2022", jsx: "automatic", outfile: path.join(folder, "main.js"), logLevel: "error" },
    define: { "process.env.NODE_ENV": '"production"' },
  });
  const page = await readFile(path.join(REACT, "index.html"), "utf8");
  await writeFile(path.join(folder, "index.html"), page.replace("/src/main.tsx", "/main.js"));
  return folder;
}
