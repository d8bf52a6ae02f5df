// What portals take (`cargo xtask package`): the same bytes each time, sums that are right, and every file that the package
// promises. No browser takes part; it is here because it needs the built form and the programs of npm.

import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtemp, readFile, readdir, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

import { expect, test as base } from "@playwright/test";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const make = (out) => execFileSync("node", ["xtask/package.mjs", "dist", out], { cwd: ROOT, encoding: "utf8" });

const test = base.extend({
  /** Both folders, made once for all tests of a worker. */
  made: [
    async ({}, use) => {
      const out = await mkdtemp(path.join(tmpdir(), "common-assessment-package-"));
      make(out);
      await use(out);
      await rm(out, { recursive: true });
    },
    { scope: "worker" },
  ],
});

/** Every file of a folder with the hash of its bytes. */
async function bytes(folder) {
  const found = {};
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const file = path.join(entry.parentPath, entry.name);
    found[path.relative(folder, file)] = createHash("sha384").update(await readFile(file)).digest("hex");
  }
  return found;
}

test("two runs give the same bytes", async ({ made }) => {
  const again = await mkdtemp(path.join(tmpdir(), "common-assessment-package-"));
  try {
    make(again);
    const [first, second] = [await bytes(made), await bytes(again)];
    expect(Object.keys(first).length).toBeGreaterThan(30);
    expect(second).toEqual(first);
  } finally {
    await rm(again, { recursive: true });
  }
});

test("npm takes the folder, with every file that its exports and types name, and no page of our own", async ({ made }) => {
  const folder = path.join(made, "common-assessment");
  const [packed] = JSON.parse(execFileSync("npm", ["pack", "--dry-run", "--json"], { cwd: folder, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }));
  const files = packed.files.map((file) => file.path);
  const { exports, license, version } = JSON.parse(await readFile(path.join(folder, "package.json"), "utf8"));
  expect({ license, version }).toEqual({ license: "MIT", version: expect.stringMatching(/^\d+\.\d+\.\d+$/) });
  for (const name of [".", "./frame"]) for (const file of Object.values(exports[name])) expect(files).toContain(file.replace("./", ""));
  for (const file of ["README.md", "LICENSE", "NOTICES.txt", "docs/embedding.md", "dist/common-assessment-react.d.ts", "sbom.cdx.json", "integrity.json", "SHA384SUMS"]) expect(files).toContain(file);
  expect(files.filter((file) => /embed\.|index\.html|host\.css|\.br$/.test(file))).toEqual([]);
});

test("every sum is right, and what a page writes beside a script is", async ({ made }) => {
  const [build] = await readdir(path.join(made, "static/common-assessment"));
  for (const [folder, inside] of [["common-assessment", "dist"], [`static/common-assessment/${build}`, "."]]) {
    const found = await bytes(path.join(made, folder));
    const lines = (await readFile(path.join(made, folder, "SHA384SUMS"), "utf8")).trim().split("\n");
    const { SHA384SUMS: _, ...others } = found;
    expect(Object.fromEntries(lines.map((line) => line.split("  ").reverse()))).toEqual(others);
    const { version, integrity } = JSON.parse(await readFile(path.join(made, folder, "integrity.json"), "utf8"));
    expect(build).toBe(version.replace("+", "-"));
    for (const name of ["common-assessment.js", "common-assessment-frame.js"]) {
      const hash = found[path.join(inside, name)];
      expect(integrity[name]).toBe(`sha384-${Buffer.from(hash, "hex").toString("base64")}`);
    }
  }
});

test("the loader finds every part beside itself", async ({ made }) => {
  const [build] = await readdir(path.join(made, "static/common-assessment"));
  for (const folder of ["common-assessment/dist", `static/common-assessment/${build}`]) {
    const loader = await readFile(path.join(made, folder, "common-assessment.js"), "utf8");
    const parts = new Set(loader.match(/common-assessment-[\w-]+\.(?:json|js|wasm|css)/g));
    expect(parts.size).toBeGreaterThan(4);
    for (const part of parts) expect((await stat(path.join(made, folder, part))).size, part).toBeGreaterThan(0);
  }
});

test("the list of materials names each crate in the program with version, licence and hash, and none that only builds it", async ({ made }) => {
  const bom = JSON.parse(await readFile(path.join(made, "common-assessment/sbom.cdx.json"), "utf8"));
  expect(bom).toMatchObject({ bomFormat: "CycloneDX", specVersion: "1.6", version: 1 });
  const named = new Map(bom.components.map((one) => [one.name, one]));
  for (const name of ["leptos", "wasm-bindgen", "serde_json", "assessment-engine", "govuk-frontend"]) expect([...named.keys()]).toContain(name);
  for (const name of ["sqlx", "axum", "leptos_macro", "esbuild", "syn", "quote", "proc-macro2", "walkdir", "leptos_hot_reload", "utoipa"]) expect([...named.keys()]).not.toContain(name);
  for (const one of bom.components) {
    expect(one.licenses, one.name).toHaveLength(1);
    if (one.purl) expect(one.hashes?.[0].content, one.name).toMatch(/^[0-9a-f]{64,128}$/);
  }
  expect(new Set(bom.components.map((one) => one["bom-ref"])).size).toBe(bom.components.length);
  // Nothing of the machine that made it.
  expect(JSON.stringify(bom)).not.toContain(ROOT);
});

test("the licences of others are there with their texts, for each of the list of materials", async ({ made }) => {
  const [build] = await readdir(path.join(made, "static/common-assessment"));
  const bom = JSON.parse(await readFile(path.join(made, "common-assessment/sbom.cdx.json"), "utf8"));
  const notices = await readFile(path.join(made, "common-assessment/NOTICES.txt"), "utf8");
  expect(await readFile(path.join(made, "static/common-assessment", build, "NOTICES.txt"), "utf8")).toBe(notices);
  for (const { name, version, purl, licenses } of bom.components) {
    if (purl) expect(notices).toContain(`\n${name} ${version} (${licenses[0].expression})`);
  }
  // A phrase of each licence that is in the program and asks to be handed on.
  for (const phrase of ["UNICODE LICENSE V3", "Boost Software License", "This software is provided 'as-is'", "Permission is hereby granted, free of charge", "Apache License"]) {
    expect(notices).toContain(phrase);
  }
  expect(notices).not.toContain(ROOT);
});

test("a document of the package leads nowhere that is not in it, and asks for the token as the examples do", async ({ made }) => {
  const [build] = await readdir(path.join(made, "static/common-assessment"));
  for (const folder of [path.join(made, "common-assessment"), path.join(made, "static/common-assessment", build)]) {
    for (const file of ["README.md", "docs/embedding.md", "docs/theming.md"]) {
      const text = await readFile(path.join(folder, file), "utf8");
      for (const [, to] of text.matchAll(/\]\(([^)#]+)[^)]*\)/g)) {
        if (!to.startsWith("http")) expect((await stat(path.join(folder, path.dirname(file), to))).isFile(), `${file}: ${to}`).toBe(true);
      }
      expect(text, file).not.toMatch(/fetch\("[^"]*token"\)/);
    }
    if (!folder.endsWith(build)) expect(await readFile(path.join(folder, "README.md"), "utf8")).toContain("if (!reply.ok) throw");
    expect(await readFile(path.join(folder, "README.md"), "utf8")).not.toContain("FOLDER");
  }
});
