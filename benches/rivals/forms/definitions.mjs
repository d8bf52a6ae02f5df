// The same pages in each library's own language. What a library cannot say is in README.md.

/** SurveyJS: pages, conditions as expressions. */
export function surveyjs(pages) {
  const one = ({ id, codes }, row) => {
    const name = `{${row ? "panel." : ""}${id}}`;
    return codes.length ? codes.map((code) => `${name} = '${code}'`).join(" or ") : `${name} notempty`;
  };
  const element = (field, row) => {
    const base = {
      name: field.id,
      title: field.label,
      description: field.hint,
      visibleIf: field.when?.map((when) => one(when, row)).join(" or "),
    };
    const choices = field.options.map(([value, text]) => ({ value, text }));
    switch (field.type) {
      case "multiline": return { type: "comment", ...base, maxLength: field.max };
      case "radio": return { type: "radiogroup", ...base, choices, colCount: field.inline ? 0 : 1 };
      case "select": return { type: "dropdown", renderAs: "select", ...base, choices };
      case "choices": return { type: "checkbox", ...base, choices };
      case "rows": return { type: "paneldynamic", ...base, panelCount: 0, templateElements: field.rows.map((inner) => element(inner, true)) };
      default: return { type: "text", ...base, inputType: field.type, maxLength: field.max };
    }
  };
  return {
    checkErrorsMode: "onComplete",
    pages: pages.map(({ id, title, fields }) => ({ name: id, title, elements: fields.map((field) => element(field, false)) })),
  };
}

/** Form.io: a wizard. */
export function formio(pages) {
  const conditional = (when, stem) => when && {
    show: true,
    conjunction: "any",
    conditions: when.flatMap(({ id, codes }) => {
      const component = stem + id;
      return codes.length
        ? codes.map((value) => ({ component, operator: "isEqual", value }))
        : [{ component, operator: "isNotEmpty" }];
    }),
  };
  const component = (field, stem = "") => {
    const base = {
      key: field.id,
      label: field.label,
      description: field.hint,
      input: true,
      conditional: conditional(field.when, stem),
      validate: field.max && { maxLength: field.max },
    };
    const values = field.options.map(([value, label]) => ({ value, label }));
    switch (field.type) {
      case "multiline": return { ...base, type: "textarea", rows: 5 };
      case "date": return { ...base, type: "day", dayFirst: true };
      case "radio": return { ...base, type: "radio", values, inline: field.inline };
      case "select": return { ...base, type: "select", widget: "html5", data: { values } };
      case "choices": return { ...base, type: "selectboxes", values };
      case "rows": return { ...base, type: "editgrid", components: field.rows.map((inner) => component(inner, `${field.id}.`)) };
      case "text": return { ...base, type: "textfield" };
      default: return { ...base, type: field.type };
    }
  };
  const panel = ({ id, title, fields }) =>
    ({ type: "panel", key: id, title, input: false, components: fields.map((field) => component(field)) });
  return { display: "wizard", components: pages.map(panel) };
}

const oneOf = (options) => options.map(([code, title]) => ({ const: code, title }));

/** A condition as a schema, for the two libraries that use JSON Schema. */
function satisfied(when) {
  const one = ({ id, codes }) =>
    ({ properties: { [id]: codes.length ? { enum: codes } : { minLength: 1 } }, required: [id] });
  return when.length === 1 ? one(when[0]) : { anyOf: when.map(one) };
}

function property(field, inner) {
  const base = { title: field.label, description: field.hint };
  switch (field.type) {
    case "radio": case "select": return { ...base, type: "string", oneOf: oneOf(field.options) };
    case "number": return { ...base, type: "integer", minimum: 0, maximum: 10 };
    case "rows": return { ...base, type: "array", items: inner(field.rows) };
    case "date": case "email": return { ...base, type: "string", format: field.type };
    default: return { ...base, type: "string", maxLength: field.max };
  }
}

/** JSON Forms: one schema, and a Categorization with a rule for each condition. */
export function jsonforms(pages) {
  // Its lightest set of renderers has no checkboxes for a list: an object of booleans instead.
  const booleans = ({ options, label }) =>
    ({ type: "object", title: label, properties: Object.fromEntries(options.map(([code, title]) => [`o_${code}`, { type: "boolean", title }])) });
  const object = (fields) => ({
    type: "object",
    properties: Object.fromEntries(fields.map((field) => [field.id, field.type === "choices" ? booleans(field) : property(field, object)])),
  });
  const control = (field) => {
    const scope = `#/properties/${field.id}`;
    const rule = field.when && { effect: "SHOW", condition: { scope: "#", schema: satisfied(field.when) } };
    if (field.type === "choices") {
      const elements = field.options.map(([code]) => ({ type: "Control", scope: `${scope}/properties/o_${code}` }));
      return { type: "Group", label: field.label, rule, elements };
    }
    const options = {
      showUnfocusedDescription: true,
      ...(field.type === "multiline" && { multi: true }),
      ...(field.type === "radio" && { format: "radio" }),
      ...(field.type === "rows" && { detail: { type: "VerticalLayout", elements: field.rows.map(control) } }),
    };
    return { type: "Control", scope, label: field.label, options, rule };
  };
  const elements = pages.map(({ title, fields }) => ({ type: "Category", label: title, elements: fields.map(control) }));
  return { pages: pages.map(({ id }) => id), schema: object(pages.flatMap(({ fields }) => fields)), uischema: { type: "Categorization", elements } };
}

/** rjsf: it has no pages, so a schema for each. Conditions are `if` and `then`. */
export function rjsf(pages) {
  const one = (field) => field.type === "choices"
    ? { title: field.label, description: field.hint, type: "array", uniqueItems: true, items: { type: "string", oneOf: oneOf(field.options) } }
    : property(field, object);
  const object = (fields) => {
    const conditional = fields.filter((field) => field.when);
    return {
      type: "object",
      properties: Object.fromEntries(fields.filter((field) => !field.when).map((field) => [field.id, one(field)])),
      allOf: conditional.map((field) => ({ if: satisfied(field.when), then: { properties: { [field.id]: one(field) } } })),
    };
  };
  const widgets = { multiline: "textarea", radio: "radio", choices: "checkboxes" };
  const ui = (field) => field.type === "rows"
    ? { items: uiOf(field.rows) }
    : { ...(widgets[field.type] && { "ui:widget": widgets[field.type] }), "ui:options": { rows: 5, inline: field.inline } };
  const uiOf = (fields) =>
    ({ "ui:order": [...fields.map(({ id }) => id), "*"], ...Object.fromEntries(fields.map((field) => [field.id, ui(field)])) });
  return pages.map(({ id, title, fields }) => ({ id, schema: { title, ...object(fields) }, ui: uiOf(fields) }));
}

/** LHC-Forms: a FHIR Questionnaire (R4). It has no pages either: groups, one after the other. */
export function lforms(pages) {
  const enable = (when) => when && {
    enableBehavior: "any",
    enableWhen: when.flatMap(({ id, codes }) =>
      codes.length
        ? codes.map((code) => ({ question: id, operator: "=", answerCoding: { code } }))
        : [{ question: id, operator: "exists", answerBoolean: true }]),
  };
  const control = (code) => ({
    url: "http://hl7.org/fhir/StructureDefinition/questionnaire-itemControl",
    valueCodeableConcept: { coding: [{ system: "http://hl7.org/fhir/questionnaire-item-control", code }] },
  });
  const item = (field) => {
    const base = { linkId: field.id, text: field.label, ...enable(field.when), ...(field.max && { maxLength: field.max }) };
    const answerOption = field.options.map(([code, display]) => ({ valueCoding: { code, display } }));
    switch (field.type) {
      case "multiline": return { ...base, type: "text" };
      case "date": return { ...base, type: "date" };
      case "number": return { ...base, type: "integer" };
      case "radio": return { ...base, type: "choice", answerOption, extension: [control("radio-button")] };
      case "select": return { ...base, type: "choice", answerOption, extension: [control("drop-down")] };
      case "choices": return { ...base, type: "choice", repeats: true, answerOption, extension: [control("check-box")] };
      case "rows": return { ...base, type: "group", repeats: true, item: field.rows.map(item) };
      default: return { ...base, type: "string" };
    }
  };
  const group = ({ id, title, fields }) => ({ linkId: id, text: title, type: "group", item: fields.map(item) });
  return { resourceType: "Questionnaire", status: "active", title: "Common assessment", item: pages.map(group) };
}
