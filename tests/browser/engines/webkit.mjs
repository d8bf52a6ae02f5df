// WebKitGTK, as Debian packages it, over plain W3C WebDriver. It is the nearest to Safari that runs on Linux. It has no
// headless mode, so each browser gets a screen in memory.

import { once } from "node:events";
import { freePort } from "../server.mjs";
import { startProgram } from "./children.mjs";
import { miniBrowser, webkitDriver, xvfb } from "./installed.mjs";
import { Page } from "./page.mjs";

/** Milliseconds until a driver that does not answer counts as failed. */
const PATIENCE = 20_000;
/** CSS pixels, as Playwright's own. */
const VIEW = { width: 1280, height: 720 };

/** A screen in memory, and its name. */
async function startScreen() {
  const screen = startProgram(xvfb(), ["-displayfd", "3", "-screen", "0", "1400x1000x24", "-nolisten", "tcp"]);
  const [name] = await Promise.race([
    once(screen.child.stdio[3], "data"),
    screen.ended.then(() => {
      throw new Error(`Xvfb ended at once:\n${screen.output()}`);
    }),
  ]);
  return { ...screen, name: `:${String(name).trim()}` };
}

/** Asks the driver; what it refuses is an error with its own words. */
async function ask(address, method, path, body) {
  const reply = await fetch(`${address}${path}`, { method, body: body && JSON.stringify(body) });
  const { value } = await reply.json();
  if (!reply.ok) throw new Error(`WebKit's driver: ${value.error}: ${value.message} (${method} ${path})`);
  return value;
}

async function untilReady(address, program) {
  const end = Date.now() + PATIENCE;
  while (Date.now() < end && program.child.exitCode === null) {
    try {
      return await ask(address, "GET", "/status");
    } catch {
      // It does not listen yet.
    }
    await new Promise((done) => setTimeout(done, 20));
  }
  throw new Error(`WebKit's driver did not become ready:\n${program.output()}`);
}

/** Opens a browser of its own, which forgets everything when it is closed. */
export async function launch() {
  const screen = await startScreen();
  const port = await freePort();
  const environment = {
    DISPLAY: screen.name,
    TZ: "Europe/London",
    NO_AT_BRIDGE: "1",
    // Painting in layers takes twice as long where no graphics card does it.
    WEBKIT_DISABLE_COMPOSITING_MODE: "1",
  };
  // As root there is no sandbox to offer.
  if (process.getuid?.() === 0) environment.WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS = "1";
  const program = startProgram(webkitDriver(), [`--port=${port}`], environment);
  const address = `http://127.0.0.1:${port}`;
  const end = async () => {
    await program.end();
    await screen.end();
  };
  try {
    await untilReady(address, program);
    const options = { binary: miniBrowser(), args: ["--automation"] };
    const capabilities = { alwaysMatch: { "webkitgtk:browserOptions": options } };
    const session = await ask(address, "POST", "/session", { capabilities });
    const here = `/session/${session.sessionId}`;
    const command = (path, body = {}) => ask(address, "POST", `${here}/${path}`, body);
    const driver = driverOn(command);
    const { width, height } = await command("window/rect", VIEW);
    // The view is smaller by the window's own bar.
    const bar = VIEW.height - (await driver.evaluate("innerHeight"));
    await command("window/rect", { width, height: height + bar });
    const close = async () => {
      await ask(address, "DELETE", here).catch(() => {});
      await end();
    };
    return { page: new Page(driver), version: `WebKitGTK ${session.capabilities.browserVersion}`, close };
  } catch (error) {
    await end();
    throw error;
  }
}

function driverOn(command) {
  const act = (source) => command("actions", { actions: [source] });
  const press = (list) => list.flatMap((value) => [{ type: "keyDown", value }, { type: "keyUp", value }]);
  return {
    goto: (url) => command("url", { url }),
    reload: () => command("refresh"),
    async evaluate(expression) {
      const script = `const done = arguments[0];
        const fail = (error) => done({ error: String(error) });
        (async () => done({ value: await (${expression}) }))().catch(fail);`;
      const { value, error } = await command("execute/async", { script, args: [] });
      if (error) throw new Error(error);
      return value;
    },
    press: (x, y) =>
      act({
        type: "pointer",
        id: "mouse",
        parameters: { pointerType: "mouse" },
        actions: [
          { type: "pointerMove", duration: 0, x, y },
          { type: "pointerDown", button: 0 },
          { type: "pointerUp", button: 0 },
        ],
      }),
    keys: (list) => act({ type: "key", id: "keyboard", actions: press(list) }),
    chord: (modifier, key) =>
      act({
        type: "key",
        id: "keyboard",
        actions: [{ type: "keyDown", value: modifier }, ...press([key]), { type: "keyUp", value: modifier }],
      }),
  };
}
