// The real server with the built form, set to a day. Not every driver can set a page's clock, so the day comes with the
// page: a copy of dist/ whose index.html runs one small script before the form's. Nothing else is changed in it.

import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { startServer } from "../server.mjs";

const DIST = fileURLToPath(new URL("../../../dist", import.meta.url));

/** Stops the page's calendar at a moment. Timers go on. */
function stopAt(moment) {
  const Real = Date;
  globalThis.Date = class extends Real {
    constructor(...parts) {
      super(...(parts.length > 0 ? parts : [moment]));
    }
    static now() {
      return moment;
    }
  };
}

/**
 * Starts the server for a day, `2026-11-23`. `change` is given the text of index.html and returns what is served instead.
 *
 * @returns what `startServer` does.
 */
export async function serve(today, change = (html) => html) {
  const folder = await mkdtemp(path.join(tmpdir(), "common-assessment-dist-"));
  try {
    await cp(DIST, folder, { recursive: true });
    // Sent instead where a browser takes it, and no longer what index.html says.
    await rm(path.join(folder, "index.html.br"), { force: true });
    const index = path.join(folder, "index.html");
    const html = change(await readFile(index, "utf8"));
    const dated = html.replace("<script ", '<script src="day.js"></script>\n    <script ');
    await writeFile(index, dated);
    await writeFile(path.join(folder, "day.js"), `(${stopAt})(${Date.parse(`${today}T12:00:00Z`)});\n`);
    const server = await startServer({ assets: folder, extra: ["--today", today] });
    const remove = async () => {
      await server.remove();
      await rm(folder, { recursive: true, force: true });
    };
    return { ...server, remove };
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}
