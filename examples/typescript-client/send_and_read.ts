// Sends an assessment, reads it back, and lists what this person has sent:
//
//   CAF_SERVER=https://caf.council.example CAF_TOKEN_FILE=token node send_and_read.mjs answers.json
//
// The token is in a file and not in an argument, where others on the machine could see it. `answers.json` holds the answers of
// one record; `tests/cases/` has invented ones.

import { createHash, randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";

import { type Answers, answered, client } from "./client.ts";

const { CAF_SERVER: server, CAF_TOKEN_FILE: tokenFile } = process.env;
const [, , answersFile] = process.argv;
if (!server || !tokenFile || !answersFile) throw new Error("Set CAF_SERVER and CAF_TOKEN_FILE, and name a file of answers.");

const caf = client(server, async () => (await readFile(tokenFile, "utf8")).trim());
const answers: Answers = JSON.parse(await readFile(answersFile, "utf8"));

const body = { form_version: "caf-2026.3" as const, answers };
// The same key for each attempt: a repeat gives the same receipt, and never a second record.
const header = { "Idempotency-Key": randomUUID() };
const receipt = answered(await caf.POST("/api/v1/assessments", { params: { header }, body }));

// Sent is what the server proves to have: the digest of exactly these bytes.
const sha256 = createHash("sha256").update(JSON.stringify(body)).digest("hex");
if (receipt.sha256 !== sha256) throw new Error("The receipt is of something else. Do not count it as sent.");
console.log(`sent: ${receipt.reference}, suggestion ${receipt.suggestion.certain}, ${receipt.urgent.length} urgent`);

const path = { id: receipt.id };
const record = answered(await caf.GET("/api/v1/assessments/{id}", { params: { path } }));
console.log(`read: ${record.reference}, form ${record.form_version}, ${record.not_recorded?.length ?? 0} not recorded`);

const list = answered(await caf.GET("/api/v1/assessments", { params: { query: { limit: 10 } } }));
console.log(`listed: ${list.assessments.length}, the newest is ${list.assessments[0]?.reference}`);

const episodes = answered(await caf.GET("/api/v1/episodes", { params: { query: { whose: "mine" } } }));
console.log(`my work: ${episodes.episodes.length}`);
