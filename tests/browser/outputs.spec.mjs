// What leaves the form, and for whom: on the screen, in print, in a PDF, in its title and in what the device keeps. Each
// protected answer is a word that is nowhere else, so a word that comes through is a leak.

import { extractText, getMeta } from "unpdf";
import { expect, openDraft, test } from "./filled.mjs";
import { answer, at, cases, heading, open, saved, send, toTasks } from "./journey.mjs";
import { say } from "./words.mjs";

/** The protected answers by name. */
const SECRETS = {
  street: "Quillmarsh",
  postcode: "ZZ9 9ZZ",
  safe: "ringonlyaftersix",
  phone: "07700 900111",
  email: "secretmail@example.org",
  nhs: "999 000 0018",
  pronouns: "theypronouns",
  school: "Hiddenbrook",
  otherPhone: "07700 900333",
  otherNeeds: "otherneedsword",
  reason: "violentreason",
  household: "Siblingname",
  present: "Neighbourname",
  childWords: "childsaidthis",
  childComment: "childcommentword",
  otherComment: "othercommentword",
  evidence: "neighbourtoldus",
  harm: "harmword",
  decision: "dangerreason",
  checklist: "checklistword",
  exclusions: "dontellthem",
  agreeing: "Agreeingname",
  limits: "limitsword",
  competence: "competenceword",
};
const S = SECRETS;

cases["protected-family"] = {
  today: "2026-11-23",
  answers: {
    danger_now: "no",
    pre_assessment_checklist: { healthy: "not_sure", evidence: S.checklist },
    identifying_details: {
      given_names: "Testa",
      family_name: "Exampleson",
      dob: "2014-05-06",
      pronouns: S.pronouns,
      address_status: "has_address",
      address: { line_1: `14 ${S.street} Road`, town: "Vexholme", postcode: S.postcode },
      address_confidential: "yes",
      phones: [S.phone],
      safe_to_contact: S.safe,
      email: S.email,
      nhs_number: S.nhs,
      setting: `${S.school} Primary`,
    },
    assessment_information: {
      people_present: [{ name: S.present, role: "Neighbour" }],
      reason: "The school asked for help.",
    },
    parents_and_carers: [
      { name: "Ada Testparent", relationship: "mother", not_to_be_told: "none" },
      {
        name: "Bo Otherparent",
        relationship: "father",
        phone: S.otherPhone,
        needs: S.otherNeeds,
        not_to_be_told: "no_address",
        not_to_be_told_reason: S.reason,
      },
    ],
    home_and_family: {
      home_situation: `They moved to ${S.street.toUpperCase()} road in March.`,
      household: [{ name: S.household, relationship: "sibling" }],
    },
    assessor: { name: "Pat Practitioner", organisation: "A school" },
    services_involved: [{ service: "gp", status: "now", may_share: "yes" }],
    elements: {
      identity: {
        strengths: "strengthword",
        needs: "needsword",
        evidence: S.evidence,
        child_words: S.childWords,
      },
    },
    conclusions: { conclusions: "conclusionword", decision: "R1", decision_reason: S.decision },
    voices: {
      child_comment: S.childComment,
      parent_comments: [{ name: "Bo Otherparent", comment: S.otherComment }],
    },
    consent: {
      sought: "yes",
      people: [
        { name: S.agreeing, who: "parent_pr", says: "agrees_partly", limits: S.limits },
        { who: "young_person_competent", says: "agrees", competence: { view: S.competence } },
      ],
      share: "yes",
      services: ["gp"],
      exclusions: S.exclusions,
    },
    exceptional_circumstances: { what: S.harm },
  },
};

/** Which secrets each audience may have by default. Everything else is a leak. */
const ALLOWED = {
  child: ["pronouns", "childWords", "childComment"],
  "parent.0": [],
  "parent.1": ["otherPhone", "otherNeeds", "otherComment"],
  "service.gp": [
    ...["safe", "phone", "email", "nhs", "school", "otherPhone", "otherNeeds", "childWords", "childComment"],
    ...["otherComment", "evidence", "exclusions", "agreeing", "limits"],
  ],
  contact: ["safe", "phone", "school", "harm"],
  call: ["safe", "phone", "school", "harm"],
  blank: [],
};

const choose = async (page, audience) => {
  await at(page, `output.${audience}`).check();
  await page.locator(".ca-output").waitFor();
};

const squeezed = (text) => text.replace(/\s+/g, "").toLowerCase();

/** The names of the secrets that a text holds, however it is broken into lines. */
const found = (text) => Object.keys(SECRETS).filter((name) => squeezed(text).includes(squeezed(SECRETS[name])));

/** The text of a PDF of the page, page by page, and what is around it. */
async function printed(page) {
  const data = new Uint8Array(await page.pdf({ format: "A4" }));
  const meta = await getMeta(data.slice());
  const { text } = await extractText(data, { mergePages: false });
  return { pages: text, all: text.join("\n"), about: JSON.stringify(meta.info) };
}

test.describe("a family with a protected address", () => {
  test.use({ story: "protected-family" });

  test("no audience gets a protected answer, on the screen, in print, in the PDF, its title or the log", async ({ page, context }) => {
    await openDraft(page);
    await open(page, "outputs");
    for (const [audience, allowed] of Object.entries(ALLOWED)) {
      await choose(page, audience);
      const expected = [...allowed].sort();
      expect.soft(found(await page.locator(".ca-output").innerText()).sort(), `${audience} on the screen`).toEqual(expected);
      await page.emulateMedia({ media: "print" });
      const text = await page.locator("common-assessment .ca-page").innerText();
      expect.soft(found(text).sort(), `${audience} in print`).toEqual(expected);
      await page.emulateMedia({ media: null });
      const { all, about, pages } = await printed(page);
      expect.soft(found(all).sort(), `${audience} in the PDF`).toEqual(expected);
      expect.soft(found(about), `${audience} about the PDF`).toEqual([]);
      expect.soft(about).not.toContain("Exampleson");
      for (const [index, one] of pages.entries()) {
        expect.soft(one, `${audience}, the head of page ${index + 1}`).toContain(say(`outputs.marking.${audience.split(".")[0].replace(/child|parent/, "family").replace("service", "agency")}`).slice(0, 20));
        expect.soft(one).toContain(`${index + 1} of ${pages.length}`);
      }
      await page.evaluate(() => (globalThis.print = () => {}));
      await at(page, "output.print").click();
    }
    expect(found(page.url() + (await page.title()))).toEqual([]);
    await saved(page);
    const { origins } = await context.storageState({ indexedDB: true });
    const log = JSON.stringify(origins).match(/\\"disclosures\\":.*?\]/)?.[0] ?? "";
    expect(log).toContain("service.gp");
    expect(found(log)).toEqual([]);
  });

  test("a protected address can be put into the form for social care, and into no other copy", async ({ page }) => {
    await openDraft(page);
    await open(page, "outputs");
    const street = "identifying_details.address.line_1";
    for (const audience of Object.keys(ALLOWED).filter((name) => name !== "blank")) {
      await choose(page, audience);
      const ticks = page.locator(".ca-made details:not([open]) > summary");
      while (await ticks.count()) await ticks.first().click();
      const isOffered = ["contact", "call"].includes(audience);
      await expect(at(page, `in.${street}`)).toHaveCount(isOffered ? 1 : 0);
      if (!isOffered) continue;
      await expect(at(page, `in.${street}`)).not.toBeChecked();
      await at(page, `in.${street}`).check();
      expect(found((await printed(page)).all)).toContain("street");
      await at(page, `in.${street}`).uncheck();
      expect(found((await printed(page)).all)).not.toContain("street");
    }
  });

  test("P1 what the browser prints of any other page holds no protected address, and the screen says so", async ({ page }) => {
    await openDraft(page);
    for (const section of ["identifying_details", "parents_and_carers", "home_and_family", "check", "agreed_actions"]) {
      await open(page, section);
      const { all } = await printed(page);
      expect.soft(found(all).filter((name) => ["street", "postcode"].includes(name)), section).toEqual([]);
      if (["identifying_details", "home_and_family", "check"].includes(section)) {
        expect.soft(all).toContain(say("protected.paper"));
        await expect.soft(page.locator(".ca-protected").first()).toHaveText(say("protected"));
      }
    }
    await open(page, "identifying_details");
    await answer(page, "identifying_details.address_confidential", "no");
    await open(page, "parents_and_carers");
    await answer(page, "parents_and_carers[1].not_to_be_told", "none");
    await open(page, "identifying_details");
    expect(found((await printed(page)).all)).toContain("street");
  });

  test("a line that is left out by keyboard keeps the focus and is not on paper", async ({ page }) => {
    await openDraft(page);
    await open(page, "outputs");
    await at(page, "output.call").focus();
    for (let step = 0; step < 3; step += 1) await page.keyboard.press("ArrowDown");
    await expect(at(page, "output.parent.0")).toBeChecked();
    const tick = at(page, "out.elements.identity.needs");
    await tick.focus();
    await page.keyboard.press("Space");
    await expect(tick).not.toBeChecked();
    await expect(tick).toBeFocused();
    const { all } = await printed(page);
    expect(all).not.toContain("needsword");
    expect(all).toContain("strengthword");
    await page.keyboard.press("Space");
    await expect(tick).toBeChecked();
    expect((await printed(page)).all).toContain("needsword");
  });

  test("the script for the telephone is one page", async ({ page }) => {
    await openDraft(page);
    await open(page, "outputs");
    await choose(page, "call");
    expect((await printed(page)).pages).toHaveLength(1);
  });

  test("a copy for somebody who must not be told needs a reason, and the reason is kept", async ({ page }) => {
    await openDraft(page);
    await open(page, "parents_and_carers");
    await answer(page, "parents_and_carers[1].not_to_be_told", "neither");
    await open(page, "outputs");
    await at(page, "output.parent.1").check();
    const blocked = page.locator("[data-block]");
    await expect(blocked).toContainText(say("outputs.block.kept_from"));
    await expect(page.locator(".ca-output")).toHaveCount(0);
    expect(squeezed((await printed(page)).all), "a blocked copy that is printed all the same").toBe("1of1");
    const goAhead = page.getByRole("button", { name: say("outputs.block.go_ahead") });
    for (const reason of ["", "ok", "x"]) {
      await at(page, "output.reason").fill(reason);
      await goAhead.click();
      await expect(at(page, "output.reason")).toBeFocused();
      await expect(at(page, "output.reason-error")).toBeVisible();
    }
    await at(page, "output.reason").fill("The police said on 3 March that we can");
    await goAhead.click();
    await expect(at(page, "output.document")).toBeFocused();
    await saved(page);
    await page.reload();
    await expect(page.locator(".ca-outputs li").filter({ hasText: "The police said on 3 March" })).toHaveCount(1);
    await expect(page.locator(".ca-output"), "each copy is asked about again").toHaveCount(0);
  });
});

for (const story of ["toddler-with-speech-delay", "disabled-child", "every-kind-of-text"]) {
  test.describe(story, () => {
    test.use({ story });

    test("the short summary for the family has three pages or fewer", async ({ page }) => {
      test.setTimeout(240_000);
      await openDraft(page);
      await open(page, "outputs");
      await choose(page, "parent.0");
      const whole = (await printed(page)).pages.length;
      await at(page, "output.short").check();
      const { pages, all } = await printed(page);
      expect(pages.length).toBeLessThanOrEqual(3);
      expect(whole).toBeGreaterThan(pages.length);
      const { conclusions } = cases[story].answers.conclusions;
      expect(squeezed(all)).toContain(squeezed(conclusions).slice(0, 60));
    });
  });
}

test.describe("long answers", () => {
  const words = (count, stem) => Array.from({ length: count }, (_, index) => `${stem}${String(index).padStart(3, "0")}`);
  const long = words(430, "wd");
  const lines = words(30, "line");
  const one = words(66, "q");
  test.use({ storageState: undefined, today: "2026-11-23" });

  test("P2 every word is on paper: 3,000 characters, 30 short lines, 400 characters in a field of one line", async ({ page }) => {
    await page.goto("/");
    await page.getByRole("button", { name: say("start.begin") }).click();
    await answer(page, "danger_now", "no");
    await page.getByRole("button", { name: say("continue") }).click();
    await open(page, "elements", "identity");
    await answer(page, "elements.identity.needs", long.join(" "));
    await answer(page, "elements.identity.strengths", lines.join("\n"));
    expect(long.join(" ").length).toBeGreaterThan(2_500);
    const missing = async (wanted) => {
      const text = (await printed(page)).all;
      return wanted.filter((word) => !text.includes(word));
    };
    expect(await missing([...long, ...lines])).toEqual([]);
    await toTasks(page);
    await open(page, "agreed_actions");
    await answer(page, "agreed_actions.actions[0]", null);
    await answer(page, "agreed_actions.actions[0].goal_measure", one.join(" "));
    expect(await missing(one)).toEqual([]);
    await open(page, "check");
    expect(await missing([...long, ...lines, ...one])).toEqual([]);
    await open(page, "outputs");
    for (const audience of ["child"]) {
      await choose(page, audience);
      expect(await missing([...long, ...lines, ...one])).toEqual([]);
    }
    await choose(page, "child");
    await at(page, "output.large").check();
    expect(await missing([...long, ...lines, ...one])).toEqual([]);
  });
});

test.describe("a teenager in danger", () => {
  test.use({ story: "teenager-going-missing" });

  test("the receipt never says to give a copy beside an action that says not to tell", async ({ page }) => {
    await openDraft(page);
    await open(page, "outputs");
    await at(page, "output.child").check();
    await expect(page.locator("[data-block]")).toBeVisible();
    await expect(page.locator(".ca-output")).toHaveCount(0);
    await send(page);
    const receipt = page.locator(".ca-receipt");
    await expect(receipt).toContainText(say("receipt.do_not_give"));
    await expect(receipt).not.toContainText(say("receipt.give"));
    await page.getByRole("link", { name: say("receipt.copies") }).click();
    await expect(heading(page)).toHaveText(say("title.outputs"));
    await choose(page, "call");
    const reference = await page.locator(".ca-child-bar__detail").last().textContent();
    await expect(page.locator(".ca-output__made")).toContainText(reference);
    expect((await printed(page)).pages).toHaveLength(1);
  });
});
