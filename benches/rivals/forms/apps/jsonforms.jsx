// JSON Forms with its lightest renderers, which come without styles.
import { useState } from "react";
import { createRoot } from "react-dom/client";
import { JsonForms } from "@jsonforms/react";
import { vanillaCells, vanillaRenderers } from "@jsonforms/vanilla-renderers";
import "./jsonforms.css";
import { pages, schema, uischema } from "#definition";

function App() {
  const [data, setData] = useState({});
  return (
    <JsonForms schema={schema} uischema={uischema} data={data} renderers={vanillaRenderers} cells={vanillaCells}
      onChange={({ data }) => setData(data)} />
  );
}
globalThis.rival = {
  show: (page) => document.querySelectorAll(".category-subcategories li span")[pages.indexOf(page)].click(),
  controls: (id) => document.querySelectorAll(`:is(.root_properties_${id}, [class*="root_properties_${id}_properties_"]) :is(input, textarea, select)`),
};
createRoot(document.getElementById("app")).render(<App />);
