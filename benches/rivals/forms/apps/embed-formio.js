// Form.io on a page of somebody else's: loaded with the page, as its documents show, and opened when it is asked for.
import "@formio/js/dist/formio.form.min.js";
import "bootstrap/dist/css/bootstrap.min.css";
import "@formio/js/dist/formio.form.min.css";
import definition from "#definition";

globalThis.openForm = () => Formio.createForm(document.getElementById("app"), definition, { noAlerts: true });
