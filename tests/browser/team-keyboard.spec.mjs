// The plan of a team with the keyboard alone: every stop can be seen, and a need becomes an aim with an action.

import { expect, look, test } from "./demo_people.mjs";
import { begun, field, plan, record, savedAt, toTeam } from "./team.mjs";
import { say } from "./words.mjs";

test.setTimeout(120_000);

/** Where the focus is, and whether it can be seen. */
const stop = (page) =>
  page.evaluate(() => {
    const here = document.activeElement?.shadowRoot?.activeElement ?? document.activeElement;
    const seen = [getComputedStyle(here), here.nextElementSibling && getComputedStyle(here.nextElementSibling, "::before"), here.firstElementChild && getComputedStyle(here.firstElementChild)];
    const text = here.textContent.trim().replace(/\s+/g, " ");
    const isSeen = seen.some((style) => style && ((style.outlineStyle !== "none" && Number.parseFloat(style.outlineWidth) >= 2) || style.boxShadow !== "none"));
    return { id: here.id, tag: here.localName, text, isSeen };
  });

/** Tabs until the focus is there. */
async function tabTo(page, found) {
  for (let presses = 0; presses < 200; presses += 1) {
    await page.keyboard.press("Tab");
    const here = await stop(page);
    expect(here.tag, "the focus fell to the page").not.toBe("body");
    expect(here.isSeen || /^h[12]$/.test(here.tag), `${here.tag} ${here.id} ${here.text.slice(0, 40)} cannot be seen`).toBe(true);
    if (found(here)) return here;
  }
  throw new Error("nothing like that can be reached");
}

test("a need becomes an aim with an action, with the keyboard alone", async ({ someone }) => {
  const { teacher, id } = await begun(someone);
  await toTeam(teacher, plan(id), "work.title.plan");
  const key = (name) => teacher.keyboard.press(name);
  await tabTo(teacher, ({ tag, text }) => tag === "summary" && text === say("team.proposals"));
  await key("Enter");
  await tabTo(teacher, ({ text }) => text.startsWith(`${say("team.proposals.use")}:`));
  await key("Enter");
  await expect(teacher.locator("common-assessment :focus")).toHaveText(`${say("plan_outcome.row")} 1`);
  await tabTo(teacher, (here) => here.id === "outcomes[0].desired_outcome");
  await teacher.keyboard.type("He asks for what he wants");
  await tabTo(teacher, (here) => here.id === "outcomes[0].actions.add");
  await key("Enter");
  await expect(teacher.locator("common-assessment :focus")).toHaveText(`${say("plan_action.row")} 1`);
  await tabTo(teacher, (here) => here.id === "outcomes[0].actions[0].action");
  await teacher.keyboard.type("Say words in play each day");
  await tabTo(teacher, ({ text }) => text.startsWith("Priya Raman"));
  await key("Enter");
  await expect(field(teacher, "outcomes[0].actions[0].who")).toBeFocused();
  await expect(field(teacher, "outcomes[0].actions[0].who")).toHaveValue("Priya Raman");
  await expect(savedAt(teacher)).toBeVisible();
  await look(teacher, "a plan made with the keyboard");
  await expect.poll(async () => (await record(teacher, id)).record.outcomes?.[0].actions?.[0]).toMatchObject({ action: "Say words in play each day", who: "Priya Raman" });
  // To the end of the page: nothing holds the focus, and the summary of what is missing takes it.
  await tabTo(teacher, ({ text }) => text === say("team.plan.complete"));
  await key("Enter");
  await expect(teacher.locator(".govuk-error-summary")).toBeFocused();
});
