// react-jsonschema-form with its default theme. It has no pages: one form for each, which is the faster way to use it.
import { useState } from "react";
import { createRoot } from "react-dom/client";
import Form from "@rjsf/core";
import validator from "@rjsf/validator-ajv8";
import "bootstrap3/dist/css/bootstrap.css";
import pages from "#definition";

// Without this every question starts with its first option chosen.
const UNANSWERED = { constAsDefaults: "skipOneOf" };

function App() {
  const [at, setAt] = useState(0);
  const [data, setData] = useState({});
  const { id, schema, ui } = pages[at];
  globalThis.rival = {
    show: (page) => setAt(pages.findIndex(({ id }) => id === page)),
    controls: (name) => document.querySelectorAll(`[id="q_${name}"]:is(input, textarea, select), [id^="q_${name}-"]:is(input)`),
  };
  return (
    <div className="container">
      <Form key={id} idPrefix="q" schema={schema} uiSchema={ui} validator={validator} formData={data[id]}
        experimental_defaultFormStateBehavior={UNANSWERED}
        onChange={({ formData }) => setData((all) => ({ ...all, [id]: formData }))}
        onSubmit={() => setAt(Math.min(at + 1, pages.length - 1))}>
        <button type="submit" className="btn btn-primary">Continue</button>
      </Form>
    </div>
  );
}
createRoot(document.getElementById("app")).render(<App />);
