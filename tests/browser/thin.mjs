// The thinnest record that can be sent: about a dozen answers (data/required.json), typed through the real form.

import { answer, open } from "./journey.mjs";

export const THIN = {
  identifying_details: { "identifying_details.family_name": "Suharto", "identifying_details.dob": "2018" },
  assessment_information: { "assessment_information.reason": "She is often tired at school." },
  assessor: {
    "assessor.name": "Sam Sample",
    "assessor.organisation": "Example Primary",
    "assessor.phone": "0113 496 0000",
  },
  voices: { "voices.no_child_comment_reason": "She did not want to talk today." },
  conclusions: { "conclusions.decision": "R0" },
};

/** Fills it in, from the task list. What is in `known` is there already, and its section is not opened. */
export async function fillThin(page, known = []) {
  for (const [section, answers] of Object.entries(THIN)) {
    if (known.includes(section)) continue;
    await open(page, section);
    for (const [path, value] of Object.entries(answers)) await answer(page, path, value);
  }
  await open(page, "consent");
  await answer(page, "consent.sought", "yes", "radio");
  await answer(page, "consent.people[0]", null, "rows");
  await answer(page, "consent.people[0].name", "Mo Suharto");
  await answer(page, "consent.people[0].who", "parent_pr", "radio");
  await answer(page, "consent.people[0].says", "agrees", "radio");
  await answer(page, "consent.share", "yes", "radio");
}
