// The form's fields as a zod schema and as a JSON Schema for ajv, both made from one list of fields with their kinds and
// limits. Codes, lengths, rows and the shape of what is typed; not check digits, not the calendar, not what depends on
// another answer: see README.md.

import Ajv from "ajv";
import * as z from "zod";

const POSTCODE = "^[A-Za-z]{1,2}[0-9][A-Za-z0-9]? ?[0-9][A-Za-z]{2}$";
/** What a text of each kind looks like. */
const SHAPES = {
  birth_date: "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$",
  date: "^[0-9]{4}-[0-9]{2}-[0-9]{2}$",
  time: "^[0-9]{1,2}[:.][0-9]{2}$",
  score: "^(10|[0-9])$",
  nhs_number: "^[0-9]{3}[ -]?[0-9]{3}[ -]?[0-9]{4}$",
  upn: "^[A-Za-z][0-9]{11}[0-9A-Za-z]$",
  uln: "^[0-9]{10}$",
  uci: "^[0-9]{12}[A-Za-z]$",
  postcode: POSTCODE,
  phone: "^\\+?[0-9 ()-]{3,20}$",
  email: "^[^\\s@,;]+@[^\\s@,;.]+(\\.[^\\s@,;.]+)+$",
  reference: "^[A-Za-z0-9]{1,20}$",
};
const MARKS = ["yes", "unsure", "no"];
/** Lines that a list of lines may have. */
const LINES = 20;

const named = (fields, schema) => Object.fromEntries(fields.map((field) => [field.name, schema(field)]));
const each = (keys, schema) => Object.fromEntries(keys.map((key) => [key, schema]));

// --- zod

function zodOf(field) {
  const schema = zodKind(field);
  return field.needed ? schema : schema.optional();
}

function zodKind({ kind, max, codes, rows, signs, fields }) {
  switch (kind) {
    case "group":
      return z.object(named(fields, zodOf));
    case "rows":
      return z.array(z.object(named(fields, zodOf))).max(rows);
    case "signs":
      return z.strictObject(each(signs, z.enum(MARKS).optional()));
    case "choice":
      return z.enum(codes);
    case "choices":
      return z.array(z.enum(codes));
    case "lines":
      return z.array(z.string().max(max)).max(LINES);
    case "phones":
      return z.array(z.string().max(max).regex(new RegExp(SHAPES.phone, "u"))).max(LINES);
    default: {
      const text = max > 0 ? z.string().max(max) : z.string();
      return SHAPES[kind] ? text.regex(new RegExp(SHAPES[kind], "u")) : text;
    }
  }
}

/** A function from a record to the paths of everything that is wrong. */
export function zodCheck(fields) {
  const schema = z.object(named(fields, zodOf));
  return (record) => schema.safeParse(record).error?.issues.map((issue) => dotted(issue.path)) ?? [];
}

// --- ajv

function schemaOf({ kind, max, codes, rows, signs, fields }) {
  const text = { type: "string", ...(max > 0 && { maxLength: max }) };
  switch (kind) {
    case "group":
      return objectOf(fields);
    case "rows":
      return { type: "array", maxItems: rows, items: objectOf(fields) };
    case "signs":
      return { type: "object", properties: each(signs, { enum: MARKS }), additionalProperties: false };
    case "choice":
      return { enum: codes };
    case "choices":
      return { type: "array", items: { enum: codes } };
    case "lines":
      return { type: "array", maxItems: LINES, items: text };
    case "phones":
      return { type: "array", maxItems: LINES, items: { ...text, pattern: SHAPES.phone } };
    default:
      return SHAPES[kind] ? { ...text, pattern: SHAPES[kind] } : text;
  }
}

function objectOf(fields) {
  const required = fields.filter((field) => field.needed).map((field) => field.name);
  return { type: "object", properties: named(fields, schemaOf), required };
}

/** A function from a record to the paths of everything that is wrong. */
export function ajvCheck(fields) {
  const valid = new Ajv({ allErrors: true }).compile(objectOf(fields));
  return (record) => (valid(record) ? [] : valid.errors.map((error) => dotted(error.instancePath.split("/").slice(1))));
}

/** A path as the form writes it: `services_involved[0].status`. */
function dotted(path) {
  return path.map((part) => (/^[0-9]+$/.test(part) ? `[${part}]` : `.${part}`)).join("").replace(/^\./, "");
}
