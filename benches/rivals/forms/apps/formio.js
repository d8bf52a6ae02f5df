// Form.io's renderer as it ships it for forms alone, which is smaller than its npm entry.
import "@formio/js/dist/formio.form.min.js";
import "bootstrap/dist/css/bootstrap.min.css";
import "@formio/js/dist/formio.form.min.css";
import definition from "#definition";

const app = document.getElementById("app");
app.className = "container";
const form = await Formio.createForm(app, definition, { noAlerts: true });
globalThis.rival = {
  show: (page) => form.setPage(form.pages.findIndex(({ component }) => component.key === page)),
  controls: (id) => document.querySelectorAll(`.formio-component-${id} :is(input, textarea, select)`),
};
