// The rules of an element's server: asked for by each element, because two may have two servers.

import { because } from "./because.js";

/** SHA-256 of the rule pack and the profile that are built in. Replaced at build time. */
const BUILT_IN = __CA_RULES__;
/** The version of the interface that this component speaks; `Common-Assessment-Contract` in a request. */
const CONTRACT = "1";
const RULES_MS = 3000;

/**
 * The rule pack and profile of an element's server, where they are not those built in. Without
 * a network the ones that this browser has cached; nothing at all means the built-in ones, and
 * `unknown` that nobody could find out: every page then says that the numbers may be others.
 */
export async function rules(api) {
  const base = new URL(api, document.baseURI);
  // What a browser has cached it gives without asking only to its own site.
  const mode = base.origin === location.origin ? "same-origin" : "cors";
  const ask = async (name, options) => {
    const reply = await fetch(new URL(name, base), {
      mode,
      credentials: mode === "cors" ? "omit" : "same-origin",
      headers: { "common-assessment-contract": CONTRACT },
      signal: AbortSignal.timeout(RULES_MS),
      ...options,
    });
    if (reply.ok) return reply;
    const code = await reply.json().then((problem) => problem.code, () => "");
    throw code === "contract-not-spoken" ? because("version", code) : new Error(`${name}: HTTP ${reply.status}`);
  };
  const both = async (cache) => {
    const replies = await Promise.all(["rule-pack", "profile"].map((name) => ask(name, { cache })));
    const [pack, profile] = await Promise.all(replies.map((reply) => reply.text()));
    return { pack, profile };
  };
  try {
    const head = await ask("rule-pack", { method: "HEAD", cache: "no-store" });
    // A reply that is not read to its end, even an empty one, counts as broken off.
    await head.arrayBuffer();
    const known = ["etag", "profile-etag"].every((name, at) => head.headers.get(name) === `"${BUILT_IN[at]}"`);
    return known ? {} : await both("no-cache");
  } catch (error) {
    if (error.name === "version") throw error;
    return both(mode === "cors" ? "no-cache" : "only-if-cached").catch((error) => {
      if (error.name === "version") throw error;
      return { unknown: true };
    });
  }
}
