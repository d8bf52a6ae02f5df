// Everybody's own page: typed once, offered on each new record, and never overwritten unseen.

import { ask, expect, goTo, home, link, look, press, test, titled, toWork } from "./demo_people.mjs";
import { at, open, start } from "./journey.mjs";
import { like, say } from "./words.mjs";

test.setTimeout(180_000);

test("one's own page is typed once, fills a new record in one press, and is never overwritten unseen", async ({ someone }) => {
  const page = await someone("teacher");
  await toWork(page);
  await link(page, say("work.title.own")).click();
  await titled(page, "work.title.own");
  await expect(page.getByText("Woodhouse Moor Primary School")).toBeVisible();
  await look(page, "one's own page");
  const field = (name) => page.locator(`[id="work.own.${name}"]`);
  await field("role").selectOption("Teacher");
  await field("phone").fill("ring me");
  await field("trained_on").fill("31");
  await field("trained_on.month").fill("2");
  await field("trained_on.year").fill("2025");
  await press(page, "work.own.save");
  await expect(page.getByText(say("work.own.wrong.date-not-real"))).toBeVisible();
  await expect(field("trained_on")).toBeFocused();
  await field("trained_on").fill("");
  await field("trained_on.month").fill("March");
  await press(page, "work.own.save");
  await expect(page.getByText(say("work.own.wrong.phone"))).toBeVisible();
  await expect(field("phone")).toBeFocused();
  await expect(field("phone")).toHaveValue("ring me");
  await look(page, "one's own page with a mistake");
  await field("phone").fill("0113 496 0201");
  await field("training_level").fill("Level 2");
  await field("language").selectOption("Polish");
  await field("phone").press("Enter");
  await expect(page.locator("common-assessment :focus")).toContainText(say("work.own.saved", { time: "" }).split(".")[0].trim().slice(0, 8));
  await look(page, "one's own page saved");
  await page.reload();
  await expect(field("trained_on.month")).toHaveValue("3");
  await expect(field("language")).toHaveValue("pol");

  // Another window was quicker. Nothing typed is lost, and nothing is overwritten before somebody says so.
  const { body } = await ask(page, "GET", "me");
  await ask(page, "PUT", "me", { ...body.page, job_title: "Year 2 lead" }, { "if-match": `"1"` });
  await field("training_level").fill("Level 3");
  await press(page, "work.own.save");
  await expect(page.getByText(say("work.own.overtaken"))).toBeVisible();
  await expect(field("training_level")).toHaveValue("Level 3");
  await look(page, "one's own page changed meanwhile");
  expect((await ask(page, "GET", "me")).body.page).toMatchObject({ job_title: "Year 2 lead", training_level: "Level 2" });
  await press(page, "work.own.mine");
  await expect(page.locator("common-assessment :focus")).toContainText(say("work.own.saved", { time: "" }).slice(0, 8));
  expect((await ask(page, "GET", "me")).body.page.training_level).toBe("Level 3");

  // It comes first on a new record, and says where it comes from.
  await home(page);
  await start(page);
  await open(page, "assessor");
  await expect(page.getByText(like("own.offer.page"))).toBeVisible();
  await look(page, "details from one's own page");
  await page.locator('[id="own.use"]').press("Enter");
  await expect(at(page, "assessor.name")).toHaveValue("Priya Raman");
  await expect(at(page, "assessor.role")).toHaveValue("teacher");
  await expect(at(page, "assessor.organisation")).toHaveValue("Woodhouse Moor Primary School");
  await expect(at(page, "assessor.phone")).toHaveValue("0113 496 0201");

  // Nobody else sees it.
  const nurse = await someone("health-visitor");
  await goTo(nurse, "work.own");
  await titled(nurse, "work.title.own");
  await expect(nurse.locator('[id="work.own.phone"]')).toHaveValue("");
});
