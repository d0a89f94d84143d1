// Runs the curl sample of every operation against a server of its own: it ends by deleting the demo account.
// API_URL and SUPABASE_AUTH_URL say where it is.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { execFileSync } from "node:child_process";
import { tmpdir } from "node:os";
import { join } from "node:path";
import YAML from "yaml";
import { operations } from "./site/contract.mjs";
import { base, samples } from "./site/samples.mjs";

const { API_URL: api, SUPABASE_AUTH_URL: auth } = process.env;
const contract = YAML.parse(readFileSync(new URL("../../gen/openapi.yaml", import.meta.url), "utf8"));

// A sample cannot know the code of a mail or the id of a session.
const refused = { resetPassword: 403, verifyEmail: 403, revokeSession: 404 };
// These change what the others need.
const last = ["changePassword", "deleteMe"];

const email = "demo@ultimate-coach.example";
let password = "demo-Coach-2026";

/** A fresh session for every sample: some end theirs. */
async function token() {
  const answer = await fetch(`${auth}/token?grant_type=password`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ email, password }),
  });
  if (!answer.ok) throw new Error(`no token: ${answer.status} ${await answer.text()}`);
  return (await answer.json()).access_token;
}

const folder = mkdtempSync(join(tmpdir(), "samples-"));
const order = operations(contract).sort((a, b) => last.indexOf(a.operationId) - last.indexOf(b.operationId));
let failed = false;
for (const operation of order) {
  const { operationId, responses } = operation;
  const { source } = samples(contract, operation).find((s) => s.lang === "shell");
  const command = `${source.replaceAll(base, api)} -sS -o body.txt -w '%{http_code}'`;
  const status = Number(execFileSync("bash", ["-c", command], { cwd: folder, env: { ...process.env, TOKEN: await token(), NO_PROXY: "*" } }));
  const fine = refused[operationId] ? status === refused[operationId] : status >= 200 && status < 300;
  if (!fine || !responses[status]) {
    failed = true;
    console.error(`${operationId} answers ${status}: ${readFileSync(join(folder, "body.txt"), "utf8")}\n${command}\n`);
  }
  if (operationId === "changePassword" && status === 204) password = operation.requestBody.content["application/json"].examples.change.value.new_password;
}
rmSync(folder, { recursive: true });
if (failed) process.exit(1);
console.log(`${order.length} samples run`);
