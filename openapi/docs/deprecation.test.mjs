// No operation is deprecated today; here one is.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import YAML from "yaml";
import { enrich } from "./site/contract.mjs";
import { loadGuides } from "./site/guides.mjs";
import { llms, referenceMarkdown } from "./site/markdown.mjs";

const guides = loadGuides(new URL("../guides", import.meta.url).pathname);

function contract(fields) {
  const contract = YAML.parse(readFileSync(new URL("../../gen/openapi.yaml", import.meta.url), "utf8"));
  Object.assign(contract.paths["/api/v1/auth/sessions"].get, fields);
  return contract;
}

test("a deprecated operation says until when it works, in the reference, as markdown and in llms.txt", () => {
  const deprecated = contract({ deprecated: true, "x-deprecated-since": "2027-01-01", "x-sunset": "2027-12-31" });
  const sentence = "Deprecated since 2027-01-01. It works until 2027-12-31.";
  const shown = enrich(deprecated, guides).paths;
  assert.ok(shown["/api/v1/auth/sessions"].get.description.startsWith(`> **${sentence}** See [Versioning](/docs/guides/versioning#deprecation).`));
  assert.ok(!JSON.stringify(shown["/api/v1/users/me"]).includes("Deprecated since"));
  for (const text of [referenceMarkdown(deprecated), llms(deprecated, guides)]) assert.equal(text.split(sentence).length, 2);
});

test("a deprecated operation without dates is refused", () => {
  assert.throws(() => enrich(contract({ deprecated: true }), guides), /listSessions is deprecated and needs/);
});

test("the guide has the heading that the links lead to", () => {
  assert.match(guides.find(({ name }) => name === "versioning").source, /^## Deprecation$/m);
});
