// A client of a Common Assessment server: every address, header, body and answer is typed by `schema.d.ts`, which is made
// from the server's own description. Written by hand is only how somebody shows who they are.

import createClient from "openapi-fetch";

import type { components, paths } from "./schema.d.ts";

export type Answers = components["schemas"]["Answers"];
export type Receipt = components["schemas"]["Receipt"];
export type Problem = components["schemas"]["ProblemDetails"];

/** A refusal, with what the server said of it. `problems` names questions and codes, never what was typed. */
export class Refused extends Error {
  constructor(readonly problem: Problem) {
    super(`${problem.status} ${problem.code}: ${problem.detail}`);
    this.name = "Refused";
  }
}

/** What was answered; a refusal is thrown. */
export function answered<T>(reply: { data?: T; error?: unknown }): T {
  if (reply.data === undefined) throw new Refused(reply.error as Problem);
  return reply.data;
}

/**
 * A client that shows a portal's access token with each request.
 *
 * @param baseUrl where the server is, such as `https://caf.council.example`
 * @param token asked before each request, since tokens are short-lived
 */
export function client(baseUrl: string, token: () => Promise<string>) {
  const made = createClient<paths>({ baseUrl });
  made.use({
    async onRequest({ request }) {
      request.headers.set("authorization", `Bearer ${await token()}`);
      return request;
    },
  });
  return made;
}
