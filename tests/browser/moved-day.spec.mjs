// A deadline that was moved off a bank holiday says from which day, on the timeline and at 320 px (B5).

import { AMELIA, ask, expect, look, send, startsAgain, test } from "./demo_people.mjs";
import { toTeam } from "./team.mjs";
import { say } from "./words.mjs";

test("six weeks after 12 February 2027 is Good Friday, and the timeline says from what it was moved (B5, case_b5)", async ({ someone, server }) => {
  await server.stop();
  const then = await startsAgain(server, "2027-02-12");
  try {
    const teacher = await someone("teacher");
    await send(teacher, AMELIA);
    const { id } = (await ask(teacher, "GET", "episodes")).body.episodes[0];
    await toTeam(teacher, `work.together.timeline.${id}`, "work.title.timeline");
    const row = teacher.getByRole("row", { name: new RegExp(say("team.timeline.first_tac")) });
    await expect(row).toContainText("30 March 2027");
    await expect(row).toContainText(say("team.timeline.moved.bank_holiday", { day: "Friday 26 March 2027" }));
    await look(teacher, "a deadline that was moved");
  } finally {
    await then.stop();
  }
});
