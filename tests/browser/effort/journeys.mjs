// What practitioners do, in as few presses as the form allows, with nothing left out that a thin record should have. Each
// journey ends with the receipt, or with the headline. They count nothing themselves: see count.mjs.

import { expect } from "@playwright/test";
import { at, heading, listed, open, send, start, toTasks } from "../journey.mjs";
import { say } from "../words.mjs";
import { addRow, fill, next, press, pressLike } from "./hands.mjs";

/** The four elements of the thin record, each with one worry. */
const WORRIES = {
  general_health: ["Tired in the morning.", "GH-203"],
  emotional_social: ["Quiet since the summer.", "ES-201"],
  family_social_relationships: ["Misses her father.", "FR-201"],
  basic_care_safety: ["Often late, without breakfast.", "BC-201"],
};

/** Who, born when, and what has led to this. */
async function child(page) {
  await open(page, "identifying_details");
  await fill(page, {
    "identifying_details.given_names": "Zoë",
    "identifying_details.family_name": "Example",
    "identifying_details.dob": "2019-02-03",
  });
}

async function element(page, id, [needs, worry]) {
  await listed(page, id).click();
  const path = `elements.${id}`;
  await at(page, `${path}.needs`).waitFor();
  await fill(page, { [`${path}.needs`]: needs, [`${path}.evidence`]: "Told by Ada.", [`${path}.evidence_on`]: "today" });
  const yes = page.locator(`input[name=${JSON.stringify(`${path}.indicators.${worry}`)}][value=yes]`);
  if (await yes.count()) await yes.check();
  await at(page, `${path}.indicators-concerns-rest`).click();
  await page.getByRole("link", { name: say("back.boxes") }).first().click();
  await listed(page, id).waitFor();
}

/** A thin CAF: four elements, the mother agrees, help from one service. */
export async function thin(page) {
  await start(page);
  await child(page);
  await next(page, "section.assessment_information");
  await fill(page, { "assessment_information.reason": "She is often late, tired and hungry." });
  await next(page, "section.parents_and_carers");
  await addRow(page, "parents_and_carers");
  await fill(page, {
    "parents_and_carers[0].name": "Ada Example",
    "parents_and_carers[0].relationship": "mother",
    "parents_and_carers[0].parental_responsibility": "yes",
    "parents_and_carers[0].phone": "07700 900112",
  });
  await next(page, "section.home_and_family");
  await pressLike(page, say("household.pick", { name: "Ada Example" }));
  await next(page, "section.assessor");
  await fill(page, {
    "assessor.name": "Nia Teacher",
    "assessor.role": "teacher",
    "assessor.organisation": "Example Primary",
    "assessor.phone": "0113 496 0201",
  });
  await next(page, "section.services_involved");
  await addRow(page, "services_involved");
  await fill(page, { "services_involved[0].service": "school" });
  await next(page, "section.elements");
  for (const [id, worry] of Object.entries(WORRIES)) await element(page, id, worry);
  await next(page, "section.conclusions", "continue");
  await fill(page, {
    "conclusions.conclusions": "She is tired, and Ada wants help with mornings.",
    "conclusions.decision": "R1",
    "conclusions.decision_reason": "School and Ada can do this together.",
  });
  await next(page, "section.agreed_actions");
  await addRow(page, "agreed_actions.actions");
  await fill(page, {
    "agreed_actions.actions[0].action": "Breakfast club every day",
    "agreed_actions.actions[0].by_when": "2026-12-07",
  });
  await pressLike(page, "Ada Example");
  await next(page, "section.voices");
  await fill(page, { "voices.child_comment": "I want to sleep.", "voices.child_agrees": "yes" });
  await next(page, "section.consent");
  await fill(page, { "consent.sought": "yes" });
  await pressLike(page, say("offers.add", { name: "Ada Example" }));
  await fill(page, {
    "consent.people[0].says": "agrees",
    "consent.people[0].agreed_on": "today",
    "consent.people[0].agreed_how": "spoken",
    "consent.share": "yes",
    "consent.services": ["school"],
  });
  await pressLike(page, say("consent.assessor_signature.pick", { name: "Nia Teacher" }));
  await send(page);
}

/** A brother's CAF, begun from a record that was sent: as the thin one, for a child who has the same family. */
export async function sibling(page) {
  await page.getByRole("link", { name: say("back.start") }).or(page.getByRole("link", { name: say("back.tasks") })).first().click();
  await toTasks(page);
  await press(page, "sibling.link");
  await press(page, "sibling.other");
  await expect(heading(page)).toHaveText(say("title.danger"));
  await fill(page, { danger_now: "no" });
  await press(page, "continue");
  await open(page, "identifying_details");
  await fill(page, {
    "identifying_details.given_names": "Ben",
    "identifying_details.family_name": "Example",
    "identifying_details.dob": "2021-05-06",
  });
  await toTasks(page);
}
