// Where the browsers are. `cargo xtask engines` installs and names them; by hand, Debian's places are taken.

import { existsSync } from "node:fs";
import { execFileSync } from "node:child_process";

/** A program, or an error that says what to install. */
function program(variable, places, packages) {
  const named = process.env[variable];
  const found = named ? [named].find(existsSync) : places.find(existsSync);
  if (found) return found;
  const missing = named ? `${variable} names ${named}, which does not exist.` : `${places[0]} is missing.`;
  throw new Error(`${missing} Debian has it in \`${packages}\`; \`cargo xtask setup\` installs it as root.`);
}

const library = () => {
  const machine = { x64: "x86_64-linux-gnu", arm64: "aarch64-linux-gnu" }[process.arch] ?? process.arch;
  return ["4.1", "4.0"].map((version) => `/usr/lib/${machine}/webkit2gtk-${version}/MiniBrowser`);
};

export const firefox = () => program("FIREFOX", ["/usr/bin/firefox-esr", "/usr/bin/firefox"], "firefox-esr");
export const webkitDriver = () => program("WEBKIT_DRIVER", ["/usr/bin/WebKitWebDriver"], "webkit2gtk-driver");
export const miniBrowser = () => program("MINIBROWSER", library(), "libwebkit2gtk-4.1-0");
export const xvfb = () => program("XVFB", ["/usr/bin/Xvfb"], "xvfb");
