// Nothing is asked twice: the practitioner's details, people, services, today, signing, and a brother's or sister's record.
// What is carried over and who is offered is tested in the engine; here it is pressed.

import { clean } from "./axe.mjs";
import { answer, at, heading, listed, onDay, open, saved, start, toTasks } from "./journey.mjs";
import { openStored } from "./stored.mjs";
import { expect, test } from "./server.mjs";
import { say } from "./words.mjs";

const button = (page, key, values) => page.getByRole("button", { name: say(key, values) });
const said = (page) => page.locator("[data-announce]");
const TODAY = "2026-11-23";

const FAMILY = {
  danger_now: "no",
  identifying_details: {
    ...{ given_names: "Zoë", family_name: "Example", dob: "2019-02-03", nhs_number: "999 000 1006" },
    ...{ address_status: "has_address", address: { line_1: "1 Hidden Street" }, address_confidential: "yes" },
  },
  parents_and_carers: [{ name: "Ada Example", relationship: "mother", parental_responsibility: "yes" }],
  home_and_family: { household: [{ name: "Ben Example", relationship: "sibling", lives_with_child: "yes" }] },
  assessor: { name: "Nia Teacher", role: "teacher", organisation: "Example Primary", phone: "0113 496 0201" },
  services_involved: [{ service: "gp" }, { service: "school" }],
};

test.use({ today: TODAY });
test.beforeEach(({ page }) => onDay(page, TODAY));

test("your details are remembered, offered on a new record, and forgotten in one press", async ({ page }) => {
  await page.goto("/");
  await start(page);
  await open(page, "assessor");
  await expect(page.getByText(say("own.nothing"))).toBeVisible();
  for (const [name, value] of Object.entries(FAMILY.assessor)) await answer(page, `assessor.${name}`, value);
  await answer(page, "assessor.email", "nia@example.org");
  await button(page, "save_and_continue").click();
  await expect(heading(page)).toHaveText(say("section.services_involved"));
  await saved(page);

  await page.reload();
  await toTasks(page);
  await page.getByRole("link", { name: say("back.start") }).click();
  await expect(page.getByText(say("own.here", { name: "Nia Teacher" }))).toBeVisible();
  await clean(page, "start page that remembers somebody");
  await start(page);
  await open(page, "assessor");
  await expect(at(page, "assessor.name")).toHaveValue("");
  await clean(page, "details are offered");
  await button(page, "own.use").press("Enter");
  await expect(at(page, "assessor.name")).toBeFocused();
  await expect(at(page, "assessor.name")).toHaveValue("Nia Teacher");
  await expect(at(page, "assessor.email")).toHaveValue("nia@example.org");
  await expect(at(page, "assessor.role")).toHaveValue("teacher");
  await expect(said(page)).toHaveText(say("own.used"));

  await button(page, "own.forget").click();
  await expect(heading(page)).toBeFocused();
  await expect(page.getByText(say("own.off"))).toBeVisible();
  await button(page, "save_and_continue").click();
  await expect(heading(page)).toHaveText(say("section.services_involved"));
  await toTasks(page);
  await start_again(page);
  await open(page, "assessor");
  await expect(button(page, "own.use")).toHaveCount(0);
});

async function start_again(page) {
  await page.getByRole("link", { name: say("back.start") }).click();
  await start(page);
}

test("a person is entered once and picked everywhere, with what goes with them", async ({ page }) => {
  await openStored(page, FAMILY, "section.home_and_family");
  await page.getByRole("button", { name: say("household.pick", { name: "Ada Example" }) }).click();
  await expect(at(page, "home_and_family.household[1]")).toBeFocused();
  await expect(at(page, "home_and_family.household[1].relationship")).toHaveValue("mother");
  await expect(page.locator('input[name="home_and_family.household[1].lives_with_child"][value=yes]')).toBeChecked();
  await expect(said(page)).toHaveText(say("offers.added", { name: "Ada Example" }));

  await open(page, "consent");
  await answer(page, "consent.sought", "yes");
  await page.getByRole("button", { name: say("offers.add", { name: "Ada Example" }) }).click();
  await expect(at(page, "consent.people[0].name")).toHaveValue("Ada Example");
  await expect(page.locator('[id="consent.people[0].who"]')).toBeChecked();
  await clean(page, "people are offered");

  await open(page, "agreed_actions");
  await at(page, "agreed_actions.actions.add").click();
  const offers = page.getByRole("group", { name: say("offers.label") }).first();
  await offers.getByRole("button", { name: /^Ben Example/ }).click();
  await expect(at(page, "agreed_actions.actions[0].who")).toHaveValue("Ben Example");
  await expect(at(page, "agreed_actions.actions[0].who")).toBeFocused();
  // Anybody else is typed, and nothing goes away meanwhile.
  await at(page, "agreed_actions.actions[0].who").fill("");
  await at(page, "agreed_actions.actions[0].who").pressSequentially("Gr");
  await expect(offers).toBeVisible();
  await open(page, "assessment_information");
  await expect(page.getByRole("button", { name: say("offers.add", { name: "Gr" }), exact: true })).toBeVisible();
});

test.describe("beside the family", () => {
  test.use({ withFamily: true });

  test("what one parent said for themselves is not offered, and neither is another child's record", async ({ page }) => {
    const consent = { sought: "yes", people: [{ name: "Kit Example", who: "parent_pr", says: "refuses" }] };
    const linked_records = [{ name: "Ann Secret", relationship: "half_sibling", record: "x" }];
    await openStored(page, { ...FAMILY, consent, linked_records }, "section.assessment_information");
    await expect(page.getByRole("button", { name: say("offers.add", { name: "Ada Example" }) })).toBeVisible();
    await expect(page.locator("common-assessment")).not.toContainText("Kit Example");
    await toTasks(page);
    await expect(page.locator("common-assessment")).not.toContainText("Ann Secret");
    await expect(listed(page, "linked_records")).toHaveCount(0);
    await expect(page.getByRole("link", { name: say("sibling.link") })).toHaveCount(0);
    await at(page, "privacy-switch").click();
    await listed(page, "linked_records").click();
    await expect(at(page, "linked_records[0].name")).toHaveValue("Ann Secret");
  });
});

test("consent offers the services that are listed, what was ticked before, and somebody else by name", async ({ page }) => {
  const consent = {
    ...{ sought: "yes", share: "yes", services: ["camhs"] },
    people: [{ name: "Ada Example", who: "parent_pr", says: "agrees" }],
  };
  await openStored(page, { ...FAMILY, consent }, "section.consent");
  const boxes = page.locator('input[name="consent.services"]');
  await expect(boxes).toHaveCount(4);
  expect(await boxes.evaluateAll((all) => all.map(({ value }) => value))).toEqual(["gp", "school", "camhs", "other"]);
  await expect(page.locator('input[name="consent.services"][value=camhs]')).toBeChecked();
  await expect(at(page, "consent.services_other")).toHaveCount(0);
  await page.locator('input[name="consent.services"][value=other]').check();
  await answer(page, "consent.services_other", "Her godmother's church");
  await clean(page, "somebody else who may share");
  await open(page, "check");
  await expect(page.getByText(/Her godmother's church/).first()).toBeVisible();
  await open(page, "consent");
  await page.getByRole("link", { name: say("consent.services.elsewhere") }).click();
  await expect(heading(page)).toHaveText(say("section.services_involved"));
});

test("today is one press at dates that may be today, and no press at a birth date", async ({ page }) => {
  await openStored(page, { ...FAMILY, elements: { identity: { needs: "Words" } } }, "element.identity");
  const date = page.locator(".govuk-date-input").filter({ has: at(page, "elements.identity.evidence_on") });
  await date.getByRole("button").press("Space");
  await expect(at(page, "elements.identity.evidence_on")).toHaveValue("23");
  await expect(at(page, "elements.identity.evidence_on.month")).toHaveValue("11");
  await expect(at(page, "elements.identity.evidence_on.year")).toHaveValue("2026");
  await expect(date.getByRole("button")).toBeFocused();
  await expect(said(page)).toContainText("23 November 2026");
  await clean(page, "today");
  await open(page, "identifying_details");
  const birth = page.locator(".govuk-date-input").filter({ has: at(page, "identifying_details.dob") });
  await expect(birth.getByRole("button")).toHaveCount(0);
});

test("signing is one press with the known name, and can be changed", async ({ page }) => {
  await openStored(page, FAMILY, "section.consent");
  await page.getByRole("heading", { name: say("heading.consent.assessor_signature") }).click();
  await button(page, "consent.assessor_signature.pick", { name: "Nia Teacher" }).click();
  await expect(at(page, "consent.assessor_signature")).toHaveValue("Nia Teacher");
  await expect(at(page, "consent.assessor_signed_on")).toHaveValue("23");
  await at(page, "consent.assessor_signature").fill("N Teacher");
  await saved(page);
  await page.reload();
  await expect(at(page, "consent.assessor_signature")).toHaveValue("N Teacher");
});

test("nothing else here answers what is left with no, and undo takes exactly that back", async ({ page }) => {
  const elements = { identity: { indicators: { "ID-201": "yes", "ID-202": "unsure" } } };
  await openStored(page, { ...FAMILY, elements }, "element.identity");
  const marks = (value) => page.locator(`input[name^="elements.identity.indicators."][value=${value}]:checked`);
  const concerns = page.locator(".ca-indicators").last();
  const all = await concerns.getByRole("radiogroup").count();
  await at(page, "elements.identity.indicators-concerns-rest").press("Enter");
  await expect(concerns.locator("input:checked")).toHaveCount(all);
  await expect(marks("yes")).toHaveCount(1);
  await expect(marks("unsure")).toHaveCount(1);
  await expect(at(page, "elements.identity.indicators-concerns-undo")).toBeFocused();
  await clean(page, "nothing else here");
  await at(page, "elements.identity.indicators-concerns-undo").press("Enter");
  await expect(marks("no")).toHaveCount(0);
  await expect(marks("unsure")).toHaveCount(1);
  await expect(at(page, "elements.identity.indicators-concerns-rest")).toBeFocused();
});

test("a brother's record begins with what the family shares, and the list tells the two apart", async ({ page }) => {
  await openStored(page, FAMILY, "tasks");
  await page.getByRole("link", { name: say("sibling.link") }).click();
  await expect(heading(page)).toBeFocused();
  await clean(page, "for a brother or sister");
  await button(page, "sibling.for", { name: "Ben Example" }).click();
  await expect(heading(page)).toHaveText(say("title.danger"));
  await expect(page.locator("input[name=danger_now]:checked")).toHaveCount(0);
  await answer(page, "danger_now", "no");
  await button(page, "continue").click();
  await open(page, "identifying_details");
  await expect(page.getByText(say("carried.from", { name: "Zoë Example" }))).toBeVisible();
  await expect(at(page, "identifying_details.given_names")).toHaveValue("Ben");
  await expect(at(page, "identifying_details.address.line_1")).toHaveValue("1 Hidden Street");
  await expect(page.locator(".ca-protected").first()).toBeVisible();
  await expect(at(page, "identifying_details.nhs_number")).toHaveValue("");
  await clean(page, "carried over");
  await button(page, "carried.check").click();
  await expect(page.getByText(say("carried.from", { name: "Zoë Example" }))).toHaveCount(0);
  await expect(heading(page)).toBeFocused();
  await open(page, "home_and_family");
  await expect(at(page, "home_and_family.household[0].name")).toHaveValue("Zoë Example");
  await saved(page);
  await toTasks(page);
  await page.getByRole("link", { name: say("back.start") }).click();
  const items = page.locator(".ca-drafts__item");
  await expect(items).toHaveCount(2);
  const [ben, zoe] = [items.filter({ hasText: "Start for a brother or sister Ben" }), items.filter({ hasText: "Delete Zoë" })];
  await expect(ben).toContainText(say("saved.linked", { name: "Zoë Example" }));
  await expect(zoe).toContainText(say("saved.linked", { name: "Ben Example" }));
  await expect(zoe).toContainText("7 years");
  await expect(ben).toContainText(say("saved.started", { day: "23 November 2026" }));
  await clean(page, "two linked records");
  // From the list too, and for a twin.
  await zoe.getByRole("button", { name: say("sibling.link") }).click();
  await button(page, "sibling.twin").click();
  await answer(page, "danger_now", "no");
  await button(page, "continue").click();
  await open(page, "identifying_details");
  await expect(at(page, "identifying_details.dob.year")).toHaveValue("2019");
});
