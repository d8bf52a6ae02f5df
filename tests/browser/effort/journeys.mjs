// What practitioners do, in as few presses as the form allows, with nothing left out that a thin record should have. They count
// nothing themselves: see count.mjs.

import { expect } from "@playwright/test";
import { at, heading, listed, open, send, start } from "../journey.mjs";
import { say } from "../words.mjs";
import { fill, next, press } from "./hands.mjs";
import { planned, review } from "./review.mjs";

/** The day on which everything happens. */
export const TODAY = "2026-11-23";

/** The four elements of the thin record, two of the child and two of the family, each with a worry. */
const WORRIES = {
  general_health: ["Tired in the morning.", "GH-203"],
  emotional_social: ["Quiet since the summer.", "ES-201"],
  family_history_functioning: ["Ada and their father parted in June.", "FH-201"],
  housing_employment_finance: ["One room for three people.", "HF-202"],
};

async function element(page, id) {
  const [needs, worry] = WORRIES[id];
  await listed(page, id).click();
  const path = `elements.${id}`;
  await at(page, `${path}.needs`).waitFor();
  await fill(page, { [`${path}.needs`]: needs, [`${path}.evidence`]: "Told by Ada." });
  await page.locator(`input[name=${JSON.stringify(`${path}.indicators.${worry}`)}][value=yes]`).check();
  await at(page, `${path}.indicators-concerns-rest`).click();
  await page.getByRole("link", { name: say("back.boxes") }).first().click();
  await listed(page, id).waitFor();
}

const you = {
  "assessor.name": "Nia Teacher",
  "assessor.role": "teacher",
  "assessor.organisation": "Example Primary",
  "assessor.phone": "0113 496 0201",
};

/** A thin CAF: four elements, the mother agrees, help from the GP. */
const thin = (page) => thinWith(page, []);

async function thinWith(page, brothers) {
  await start(page);
  await open(page, "identifying_details");
  await fill(page, {
    "identifying_details.given_names": "Zoë",
    "identifying_details.family_name": "Example",
    "identifying_details.dob": "2019-02-03",
  });
  await next(page, "section.assessment_information");
  await fill(page, { "assessment_information.reason": "She is often late, tired and hungry." });
  await next(page, "section.parents_and_carers");
  await fill(page, {
    "parents_and_carers[0]": null,
    "parents_and_carers[0].name": "Ada Example",
    "parents_and_carers[0].relationship": "mother",
    "parents_and_carers[0].parental_responsibility": "yes",
  });
  await next(page, "section.home_and_family");
  await press(page, say("household.pick", { name: "Ada Example" }));
  for (const [at, { name, dob }] of brothers.entries()) {
    const row = `home_and_family.household[${at + 1}]`;
    await fill(page, { [row]: null, [`${row}.name`]: name, [`${row}.relationship`]: "sibling" });
    await fill(page, { [`${row}.dob`]: dob, [`${row}.lives_with_child`]: "yes" });
  }
  await next(page, "section.assessor");
  await fill(page, you);
  await next(page, "section.services_involved");
  await fill(page, { "services_involved[0]": null, "services_involved[0].service": "gp" });
  await next(page, "section.elements");
  for (const id of Object.keys(WORRIES)) await element(page, id);
  await next(page, "section.conclusions", "continue");
  await decide(page);
  await next(page, "section.agreed_actions");
  await fill(page, { "agreed_actions.actions[0]": null, "agreed_actions.actions[0].action": "Breakfast club every day" });
  await press(page, "Ada Example");
  await next(page, "section.voices");
  await fill(page, { "voices.child_comment": "I want to sleep." });
  await next(page, "section.consent");
  await fill(page, { "consent.sought": "yes" });
  await press(page, say("offers.add", { name: "Ada Example" }));
  await fill(page, {
    "consent.people[0].says": "agrees",
    "consent.people[0].agreed_on": "today",
    "consent.people[0].agreed_how": "spoken",
    "consent.share": "yes",
    "consent.services": ["gp"],
  });
  await page.getByRole("heading", { name: say("heading.consent.assessor_signature") }).click();
  await press(page, say("consent.assessor_signature.pick", { name: "Nia Teacher" }));
  await send(page);
}

async function decide(page) {
  await fill(page, {
    "conclusions.decision": "R1",
    "conclusions.decision_reason": "School and Ada can do this together for now.",
  });
}

/** The family says no. */
async function refusal(page) {
  await start(page);
  await open(page, "consent");
  await press(page, say("refusal.begin"));
  await expect(heading(page)).toHaveText(say("title.refusal"));
  await fill(page, {
    "consent.people[0].name": "Ada Example",
    "consent.people[0].who": "parent_pr",
    "consent.people[0].refused_on": "today",
    "consent.people[0].refused_how": "spoken",
    "identifying_details.given_names": "Zoë",
    "identifying_details.dob": "2019-02-03",
    "sharing.choice": "record_only",
    "assessor.name": "Nia Teacher",
    "assessor.organisation": "Example Primary",
    "assessor.phone": "0113 496 0201",
  });
  await page.locator("[id='before.send']").click();
  await page.locator(".ca-receipt").waitFor();
}

/** Nothing that leads to a referral by itself; every sign that decides is answered. */
async function refer(page) {
  await press(page, say("title.refer"));
  await at(page, "privacy-switch").click();
  await fill(page, { danger_now: "no", "identifying_details.age_band": "5_to_11" });
  // Each opens the next.
  for (const theme of await page.locator(".ca-refer__theme").all()) {
    await theme.getByRole("button", { name: say("refer.none_of_these") }).click();
  }
  await expect(page.locator("[id=refer-result]")).toBeFocused();
}

const BROTHER = { name: "Ben Example", dob: "2021-05-06" };

/** A brother's CAF, begun from the first child's, which names him: two elements of his own, two of the family. */
async function sibling(page) {
  await press(page, say("sibling.link"));
  await press(page, say("sibling.for", { name: BROTHER.name }));
  await expect(heading(page)).toHaveText(say("title.danger"));
  await fill(page, { danger_now: "no" });
  await press(page, say("continue"));
  await open(page, "assessment_information");
  await fill(page, { "assessment_information.reason": "As for his sister: late and tired." });
  await open(page, "elements");
  await press(page, say("carried.use", { name: "Zoë Example" }));
  await element(page, "general_health");
  await element(page, "emotional_social");
  await next(page, "section.conclusions", "continue");
  await decide(page);
  await open(page, "voices");
  await fill(page, { "voices.child_comment": "Breakfast!" });
  await next(page, "section.consent");
  await fill(page, { "consent.sought": "yes" });
  await press(page, say("offers.add", { name: "Ada Example" }));
  await fill(page, { "consent.people[0].says": "agrees", "consent.share": "yes" });
  await send(page);
}

/** The first child's CAF, which names the brother. It was sent, and the list of records is in view. */
async function first(page) {
  await thinWith(page, [BROTHER]);
  await press(page, say("back.start"));
  await page.getByRole("button", { name: say("sibling.link") }).waitFor();
}

/** Each journey, and the most that it may take: clicks and fields, or a share of what came before it. */
export const journeys = [
  { name: "thin CAF, 4 elements, agreement given", run: thin, most: { clicks: 60, fields: 45 } },
  { name: "refusal", run: refusal, most: { clicks: 25, fields: 12 } },
  { name: "do I need to refer?", run: refer, most: { clicks: 10, fields: 0 } },
  { name: "review of a plan with five actions", before: planned, run: review, most: { clicks: 40, fields: 20 } },
  { name: "a brother's CAF", before: first, run: sibling, most: { share: 0.5 } },
];

/** The limits of a journey, where what came before it took `from`. */
export const limits = ({ most }, from) =>
  most.share ? { clicks: Math.floor(from.clicks * most.share), fields: Math.floor(from.fields * most.share) } : most;
