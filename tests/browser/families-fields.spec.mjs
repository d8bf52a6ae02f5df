// Real families, in their answers: what people paste, dictate and leave out (docs/real-families.md). Each row has the input
// that was reported and others of its kind. What is read and what is refused without a browser is in
// `tests/real_families/rows.json`.

import { changed, openFamily } from "./families.mjs";
import { answer, at, open, saved, send, toTasks, unfold } from "./journey.mjs";
import { expect, test } from "./server.mjs";
import { like, say } from "./words.mjs";

const CASE = "toddler-with-speech-delay";
const ACTION = "agreed_actions.actions[0]";
test.use({ today: "2026-11-23" });

const item = (page, path) => page.locator(".govuk-form-group").filter({ has: at(page, path) }).last();
const answered = (page) => page.locator(".ca-folded");

// ---- F2

const PLANNED = [
  ["in progress, due three days ago", { by_when: "2026-11-20", status: "in_progress" }, true],
  ["not started, due a year ago", { by_when: "2025-11-23", status: "not_started" }, true],
  ["nothing said, due yesterday", { by_when: "2026-11-22", status: null }, true],
  ["blocked, due in spring", { by_when: "2026-03-01", status: "blocked" }, true],
  ["done", { by_when: "2026-11-20", status: "done", completed_on: "2026-11-20" }, false],
  ["no longer needed", { by_when: "2026-11-20", status: "no_longer_needed" }, false],
  ["due today", { by_when: "2026-11-23", status: "in_progress" }, false],
];
for (const [name, fields, isOverdue] of PLANNED) {
  test(`F2 an action is ${isOverdue ? "" : "not "}said to be overdue: ${name}`, async ({ page }) => {
    const changes = Object.fromEntries(Object.entries(fields).map(([field, value]) => [`${ACTION}.${field}`, value]));
    await openFamily(page, CASE, changes, "agreed_actions");
    const note = page.getByText(say("date.overdue"));
    await expect(note).toHaveCount(isOverdue ? 1 : 0);
    await open(page, "check");
    // It is in view without opening anything.
    const line = answered(page).getByText(like("planned.overdue", ".*"));
    await expect(line).toHaveCount(isOverdue ? 1 : 0);
    if (isOverdue) await expect(line).toBeVisible();
  });
}

test("F2 an overdue action is overdue in copies and in what was sent, and stops nothing", async ({ page }) => {
  const changes = { [`${ACTION}.by_when`]: "2026-11-20", [`${ACTION}.status`]: "in_progress" };
  await openFamily(page, CASE, changes, "outputs");
  await at(page, "output.child").check();
  const copy = page.locator(".ca-output");
  await expect(copy).toContainText(say("planned.overdue", { date: "20 November 2026" }));
  await send(page);
  const fact = page.locator(".ca-receipt .govuk-summary-list__row").filter({ hasText: say("receipt.overdue") });
  await expect(fact).toContainText("20 November 2026");
  await page.getByRole("link", { name: say("receipt.answers") }).click();
  await expect(answered(page).getByText(say("planned.overdue", { date: "20 November 2026" }))).toBeVisible();
});

// ---- F11

const REGISTERED = [
  ["not_registered", true],
  ["registered", false],
  ["not_known", false],
  [null, false],
];
for (const [status, isNeed] of REGISTERED) {
  test(`F11 no GP among the services, and "registered with a GP" is ${status ?? "not answered"}`, async ({ page }) => {
    const services = changed(CASE, {}).services_involved.filter(({ service }) => service !== "gp");
    const changes = { "identifying_details.gp_status": status, services_involved: services };
    await openFamily(page, CASE, changes, "identifying_details");
    await unfold(page, "identifying_details.gp_status");
    const need = page.getByText(say("identifying_details.gp_status.not_registered.note"));
    await expect(need).toHaveCount(isNeed ? 1 : 0);
    await open(page, "check");
    await expect(need).toHaveCount(isNeed ? 1 : 0);
    await send(page);
  });
}

test("F11 that a child has no GP is a need while it is answered, and no longer when it is taken back", async ({ page }) => {
  await openFamily(page, CASE, {}, "identifying_details");
  const need = page.getByText(say("identifying_details.gp_status.not_registered.note"));
  await answer(page, "identifying_details.gp_status", "not_registered");
  await expect(need).toBeVisible();
  await answer(page, "identifying_details.gp_status", "registered");
  await expect(need).toHaveCount(0);
});

// ---- F13

const EXPECTED = [
  ["the month", { day: "", month: "February", year: "2027" }],
  ["a day", { day: "14", month: "2", year: "2027" }],
  ["the month in figures", { day: "", month: "02", year: "2027" }],
  ["a day that nobody knows", { day: "?", month: "Feb", year: "2027" }],
];
for (const [name, edd] of EXPECTED) {
  test(`F13 a baby expected with ${name} is asked what fits, and sent`, async ({ page }) => {
    await openFamily(page, "unborn-baby", { "identifying_details.edd": edd }, "identifying_details");
    await expect(at(page, "identifying_details.unborn_label")).toBeVisible();
    for (const born of ["sex", "given_names", "ethnicity", "nhs_number", "disabled", "setting"]) {
      await expect(at(page, `identifying_details.${born}`), born).toHaveCount(0);
    }
    await send(page);
  });
}

test("F13 a sex that was answered before the baby was said to be expected stays in view and can be taken back", async ({ page }) => {
  await openFamily(page, "unborn-baby", { "identifying_details.sex": "F" }, "check");
  await page.getByRole("button", { name: say("submit.button") }).click();
  const link = page.locator(".govuk-error-summary a");
  await expect(link).toHaveText([say("problem.sex-of-unborn")]);
  await link.click();
  await expect(at(page, "identifying_details.sex")).toBeFocused();
  await answer(page, "identifying_details.sex", "U");
  await send(page);
});

// ---- F14

const MARKED = [
  ["marks that keep directions apart", "\u2068Zebedee\u2069", "Zebedee"],
  ["a space of no width", "Anna\u200bMaria", "AnnaMaria"],
  ["a mark of byte order", "\ufeffNoor", "Noor"],
  ["a soft hyphen", "Alexan\u00adder", "Alexander"],
  ["a mark from left to right after another script", "\u0646\u0648\u0631\u200e", "\u0646\u0648\u0631"],
];
for (const [name, pasted, wanted] of MARKED) {
  test(`F14 a name with ${name} is cleaned in one press`, async ({ page }) => {
    await openFamily(page, CASE, {}, "identifying_details");
    const field = at(page, "identifying_details.given_names");
    await field.fill(pasted);
    const remove = item(page, "identifying_details.given_names").getByRole("button", { name: say("hidden.remove") });
    await expect(page.getByText(say("hidden.found"))).toBeVisible();
    await expect(field).toHaveValue(pasted);
    await remove.click();
    await expect(field).toHaveValue(wanted);
    await expect(field).toBeFocused();
    await expect(page.getByText(say("hidden.found"))).toHaveCount(0);
    // It never stopped anything either.
    await field.fill(pasted);
    await send(page);
    await expect(page.locator(".ca-receipt")).toContainText(wanted);
  });
}

const WHOLE = ["O\u2019Brien", "\u0639\u0644\u06cc\u200c\u0631\u0636\u0627", "Zoe\u0308", "Jean\u2011Luc"];
for (const name of WHOLE) {
  test(`F14 nothing is offered for ${name}, which needs its marks`, async ({ page }) => {
    await openFamily(page, CASE, {}, "identifying_details");
    await at(page, "identifying_details.given_names").fill(name);
    await saved(page);
    await expect(page.getByText(say("hidden.found"))).toHaveCount(0);
  });
}

// ---- F15

const DATE = "consent.privacy_notice_given_on";
const parts = (page) => [at(page, DATE), at(page, `${DATE}.month`), at(page, `${DATE}.year`)];
const PASTED = [
  ["03/02/2019", 0, ["03", "02", "2019"]],
  ["2014-03-07", 0, ["07", "03", "2014"]],
  ["3rd Sept. 2019", 0, ["3rd", "Sept", "2019"]],
  ["7.3.2014", 2, ["7", "3", "2014"]],
  ["14 March 2014", 1, ["14", "March", "2014"]],
  ["Wednesday 3rd of September 2025", 0, ["3rd", "September", "2025"]],
];
const meant = ([day, month, year]) => [Number.parseInt(day, 10), month.slice(0, 3).toLowerCase().replace(/^0/, ""), year];
for (const [text, into, wanted] of PASTED) {
  test(`F15 ${text} pasted into box ${into + 1} is spread over three`, async ({ page, context }) => {
    await context.grantPermissions(["clipboard-read", "clipboard-write"]);
    await openFamily(page, CASE, { [DATE]: null }, "consent");
    await unfold(page, DATE);
    await page.evaluate((text) => navigator.clipboard.writeText(text), text);
    await parts(page)[into].focus();
    await page.keyboard.press("Control+V");
    await expect.poll(async () => meant(await Promise.all(parts(page).map((part) => part.inputValue())))).toEqual(meant(wanted));
    await open(page, "check");
    await send(page);
  });
}

const TYPED = [
  ["3rd", "Sept.", "2019"],
  ["03", "february", "2019"],
  ["7th", "Mar", "2014"],
  ["1st", "01", "2020"],
];
for (const typed of TYPED) {
  test(`F15 ${typed.join(" / ")} typed in three boxes stays as it is and is read`, async ({ page }) => {
    await openFamily(page, CASE, { [DATE]: null }, "consent");
    await unfold(page, DATE);
    for (const [index, part] of parts(page).entries()) await part.fill(typed[index]);
    await page.getByRole("button", { name: say("save_and_continue") }).click();
    await expect(page.locator(".govuk-error-summary")).toHaveCount(0);
    await open(page, "consent");
    await unfold(page, DATE);
    for (const [index, part] of parts(page).entries()) await expect(part).toHaveValue(typed[index]);
  });
}

test("F15 what is no whole date stays in the box into which it was pasted", async ({ page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await openFamily(page, CASE, { [DATE]: null }, "consent");
  await unfold(page, DATE);
  for (const text of ["about Easter", "3", "32/13/2019x"]) {
    await page.evaluate((text) => navigator.clipboard.writeText(text), text);
    await parts(page)[0].fill("");
    await parts(page)[0].focus();
    await page.keyboard.press("Control+V");
    await expect(parts(page)[0]).toHaveValue(text);
    await expect(parts(page)[2]).toHaveValue("");
  }
});

// ---- F20

/** Sets a control as a password manager, dictation or an extension does: the value, and then only "change". */
const setOnly = (page, path, value) =>
  at(page, path).evaluate((control, value) => {
    control.value = value;
    control.dispatchEvent(new Event("change", { bubbles: true }));
  }, value);

const FILLED = [
  ["a line", "assessor", "assessor.organisation", "Filled-in Nursery"],
  ["an email address", "assessor", "assessor.email", "filled.in@example.org"],
  ["a phone number", "assessor", "assessor.phone", "0113 496 0099"],
  ["several lines", "assessment_information", "assessment_information.reason", "Said aloud.\nAnd written by the device."],
  ["a list of lines", "identifying_details", "identifying_details.phones", "0113 496 0098\n07700 900122"],
  ["a year", "identifying_details", "identifying_details.dob.year", "2023"],
  ["a long list of options", "identifying_details", "identifying_details.first_language", "pol"],
];
for (const [name, section, path, value] of FILLED) {
  test(`F20 ${name} that only says "change" is stored`, async ({ page }) => {
    await openFamily(page, CASE, {}, section);
    await unfold(page, path);
    await setOnly(page, path, value);
    await saved(page);
    await page.reload();
    await unfold(page, path);
    await expect(at(page, path)).toHaveValue(value);
    await toTasks(page);
  });
}

// ---- P3

const BY_WHEN = `${ACTION}.by_when`;
const FAULTS = [
  ["no year", { day: "3", month: "12", year: "" }, "year"],
  ["a year of two digits", { day: "3", month: "12", year: "26" }, "year"],
  ["no month", { day: "3", month: "", year: "2026" }, "month"],
  ["no day", { day: "", month: "12", year: "2026" }, "day"],
  ["no such day", { day: "31", month: "2", year: "2027" }, "all"],
];
for (const [name, date, fault] of FAULTS) {
  test(`P3 a date with ${name}: ${fault === "all" ? "all three boxes are" : `only the ${fault} is`} at fault`, async ({ page }) => {
    await openFamily(page, CASE, { [BY_WHEN]: date }, "check");
    await page.getByRole("button", { name: say("submit.button") }).click();
    const link = page.locator(".govuk-error-summary a");
    await expect(link).toHaveCount(1);
    await link.click();
    const boxes = { day: at(page, BY_WHEN), month: at(page, `${BY_WHEN}.month`), year: at(page, `${BY_WHEN}.year`) };
    await expect(boxes[fault] ?? boxes.day).toBeFocused();
    for (const [part, box] of Object.entries(boxes)) {
      if (fault === "all" || fault === part) await expect(box).toHaveAttribute("aria-invalid", "true");
      else await expect(box).not.toHaveAttribute("aria-invalid");
      await expect(box).toHaveValue(date[part]);
    }
  });
}

// ---- P4

const person = { name: "Ann Example", relationship: "aunt_uncle" };
const ROWS = [
  ["parents_and_carers", "phone", "parents_and_carers", { ...person, phone: "ask gran" }, { ...person, phone: "0113 496 0003" }],
  ["services_involved", "contact_phone", "services_involved", { service: "dentist", contact_phone: "ring reception" }, { service: "optician" }],
  [
    "home_and_family",
    "dob",
    "home_and_family.household",
    { ...person, relationship: "grandparent", dob: "2030-01-01" },
    { ...person, dob: "1980-01-01" },
  ],
  [
    "agreed_actions",
    "by_when",
    "agreed_actions.actions",
    { action: "Ring", by_when: { day: "31", month: "2", year: "2027" } },
    { action: "Write", by_when: "2026-12-15" },
  ],
];
for (const [section, field, rows, wrong, right] of ROWS) {
  test(`P4 errors in rows 1 and 3 of ${rows} follow their rows`, async ({ page }) => {
    await openFamily(page, CASE, { [rows]: [wrong, right, wrong] }, section);
    await page.getByRole("button", { name: say("save_and_continue") }).click();
    const links = page.locator(".govuk-error-summary a");
    await expect(links).toHaveCount(2);
    const error = (row) => at(page, `${rows}[${row}].${field}-error`);
    await expect(error(0)).toBeVisible();
    await expect(error(1)).toHaveCount(0);
    await expect(error(2)).toBeVisible();

    await at(page, `${rows}.add`).click();
    await at(page, `${rows}[3]`).waitFor();
    await expect(links).toHaveCount(2);
    await expect(error(2)).toBeVisible();

    await at(page, `${rows}[0].remove`).click();
    await page.getByRole("button", { name: say("rows.remove_now") }).click();
    await expect(links).toHaveCount(1);
    await expect(error(0)).toHaveCount(0);
    await expect(error(1)).toBeVisible();
    await links.first().click();
    await expect(at(page, `${rows}[1].${field}`)).toBeFocused();
  });
}

// ---- P7

const LIMITS = [
  ["identifying_details", "identifying_details.given_names", 70],
  ["assessor", "assessor.organisation", 140],
  ["identifying_details", "identifying_details.safe_to_contact", 500],
  ["assessment_information", "assessment_information.reason", 4000],
];
for (const [section, path, max] of LIMITS) {
  test(`P7 three characters over the limit of ${max}: in the field's description, and said after a pause`, async ({ page }) => {
    await openFamily(page, CASE, {}, section);
    await unfold(page, path);
    await at(page, path).fill("a".repeat(max + 3));
    const message = say("count.over", { count: 3 });
    const said = page.locator("[data-announce]");
    await expect(at(page, path)).toHaveAccessibleDescription(new RegExp(message.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")));
    await expect(said).toContainText(message);
    await expect(at(page, path)).toHaveValue("a".repeat(max + 3));
    await at(page, path).fill("short");
    await expect(page.getByText(message).and(page.locator(".govuk-character-count__message"))).toHaveCount(0);
  });
}

// ---- P8

const SENTENCES = [
  ["Arabic with an English name in it", "\u062a\u0633\u0643\u0646 \u0645\u0639 Ann Example \u0641\u064a \u0644\u064a\u062f\u0632", "rtl"],
  ["Hebrew with a number", "\u05d4\u05d9\u05d0 \u05d1\u05ea 3 \u05e9\u05e0\u05d9\u05dd", "rtl"],
  ["Urdu with an English word at its end", "\u0648\u06c1 \u0631\u0648\u0632 \u0622\u062a\u06cc \u06c1\u06d2 nursery", "rtl"],
  ["English with an Arabic name in it", "She lives with \u0646\u0648\u0631 in Leeds", "ltr"],
  ["a number first, then Arabic", "3 \u0633\u0646\u0648\u0627\u062a", "rtl"],
];
for (const [name, sentence, direction] of SENTENCES) {
  test(`P8 ${name} is written and shown ${direction}`, async ({ page }) => {
    await openFamily(page, CASE, {}, "assessment_information");
    const several = at(page, "assessment_information.reason");
    await several.fill(sentence);
    await expect(several).toHaveCSS("direction", direction);
    await open(page, "assessor");
    const one = at(page, "assessor.organisation");
    await one.fill(sentence);
    await expect(one).toHaveCSS("direction", direction);
    await open(page, "check");
    await page.getByRole("button", { name: say("check.answers.show") }).click();
    const shown = page.locator(".ca-typed", { hasText: sentence });
    await expect(shown).toHaveCount(2);
    for (const answer of await shown.all()) await expect(answer).toHaveCSS("direction", direction);
  });
}
