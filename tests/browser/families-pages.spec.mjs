// Real families, on the page and on paper: every word is printed, and records with one name are told apart
// (docs/real-families.md). Each row has the input that was reported and others of its kind.

import { extractText } from "unpdf";
import { changed, openFamily } from "./families.mjs";
import { at, cases, onDay, open } from "./journey.mjs";
import { expect, test } from "./server.mjs";
import { storeAll } from "./stored.mjs";
import { say } from "./words.mjs";

const CASE = "toddler-with-speech-delay";
test.use({ today: cases[CASE].today });

// ---- P2

const words = (count, stem) => Array.from({ length: count }, (_, index) => `${stem}${String(index).padStart(3, "0")}`);
const squeezed = (text) => text.replace(/\s+/g, "");
async function onPaper(page) {
  const data = new Uint8Array(await page.pdf({ format: "A4" }));
  const { text } = await extractText(data, { mergePages: true });
  return squeezed(text);
}

const NEEDS = "elements.speech_language_communication.needs";
const LONG = [
  ["400 characters in one line", "agreed_actions", "agreed_actions.actions[0].goal_measure", words(80, "q")],
  ["30 lines in Needs", "elements", NEEDS, words(30, "line").join("\n").split("\n"), "\n"],
  ["400 characters without a space", "assessor", "assessor.organisation", ["abcdefghij".repeat(40)]],
  ["far more than the limit", "identifying_details", "identifying_details.safe_to_contact", words(300, "safe")],
  ["4,000 characters", "assessment_information", "assessment_information.reason", words(650, "w")],
  ["a list of twenty numbers", "identifying_details", "identifying_details.phones", words(20, "077009001"), "\n"],
];
for (const [name, section, path, wanted, between = " "] of LONG) {
  test(`P2 every word is on paper: ${name}`, async ({ page }) => {
    const typed = wanted.join(between);
    const value = path.endsWith("phones") ? wanted : typed;
    await openFamily(page, CASE, { [path]: value }, "tasks");
    await open(page, section, section === "elements" ? path.split(".")[1] : undefined);
    await expect(at(page, path)).toHaveValue(typed);
    const missing = async () => {
      const paper = await onPaper(page);
      return wanted.filter((word) => !paper.includes(word));
    };
    expect(await missing(), "the page itself").toEqual([]);
    await open(page, "check");
    expect(await missing(), "the check page").toEqual([]);
  });
}

// ---- P5

const named = (changes) => changed(CASE, { "identifying_details.given_names": "Zoë", "identifying_details.family_name": "Example", "identifying_details.nhs_number": null, ...changes });
const PAIRS = [
  ["of another age", [{}, { "identifying_details.dob": "2019-01-02" }], [], false],
  ["begun on another day", [{}, {}], ["2026-11-01", "2026-11-20"], false],
  ["of which one has more in it", [{}, { "conclusions.decision": null, "assessor.phone": null }], [], false],
  ["with the same NHS number", [{ "identifying_details.nhs_number": "999 000 1219" }, { "identifying_details.nhs_number": "9990001219" }], [], true],
  ["that are the same in everything", [{}, {}], [], false],
  [
    "without a name",
    [
      { "identifying_details.given_names": null, "identifying_details.family_name": null },
      { "identifying_details.given_names": null, "identifying_details.family_name": null, "identifying_details.dob": "2020-05-05" },
    ],
    [],
    false,
  ],
];
for (const [name, two, begun, isOneNumber] of PAIRS) {
  test(`P5 two drafts of one name ${name} are told apart by eye and by screen reader`, async ({ page }) => {
    await onDay(page, cases[CASE].today);
    await page.goto("/");
    await storeAll(
      page,
      two.map((changes, index) => ({ answers: named(changes), begun: begun[index] ?? "2026-11-09", saved: `${20 + index} November 2026 at 12:0${index}` })),
    );
    await page.reload();
    const items = page.locator(".ca-drafts__item");
    await expect(items).toHaveCount(2);
    const texts = await items.allInnerTexts();
    expect(new Set(texts).size, texts.join("\n")).toBe(2);
    for (const role of ["link", "button"]) {
      const found = await items.getByRole(role).all();
      const names = await Promise.all(found.map((one) => one.evaluate((element) => element.textContent.replace(/\s+/g, " ").trim())));
      const told = role === "link" ? names : names.filter((said) => said.startsWith(say("drafts.delete")));
      expect(told).toHaveLength(2);
      expect(new Set(told).size, told.join("\n")).toBe(2);
    }
    await expect(page.getByText(say("saved.same_number"))).toHaveCount(isOneNumber ? 2 : 0);
  });
}
