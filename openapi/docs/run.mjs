// Runs the curl sample of every operation against a server that nothing else uses: the last sample deletes the demo account.
// API_URL and SUPABASE_AUTH_URL are its addresses.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { execFileSync } from "node:child_process";
import { tmpdir } from "node:os";
import { join } from "node:path";
import YAML from "yaml";
import { operations } from "./site/contract.mjs";
import { base, sampleFile, samples } from "./site/samples.mjs";

const { API_URL: api, SUPABASE_AUTH_URL: auth } = process.env;
const contract = YAML.parse(readFileSync(new URL("../../gen/openapi.yaml", import.meta.url), "utf8"));

// Samples cannot have the real code of a mail or id of a session.
const expectedRefusals = { resetPassword: 403, verifyEmail: 403, revokeSession: 404 };
// These run last: they change what the other samples need.
const runLast = ["deleteMemories", "deleteConversation", "changePassword", "deleteMe"];

const email = "demo@ultimate-coach.example";
let password = "demo-Coach-2026";

/** Opens a session. Each sample gets its own, because some end it. */
async function token() {
  const response = await fetch(`${auth}/token?grant_type=password`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ email, password }),
  });
  if (!response.ok) throw new Error(`no token: ${response.status} ${await response.text()}`);
  return (await response.json()).access_token;
}

const folder = mkdtempSync(join(tmpdir(), "samples-"));
const point = (minute) => `<trkpt lat="${52.5 + minute / 1000}" lon="13.4"><time>2026-11-21T07:${minute + 10}:00Z</time></trkpt>`;
writeFileSync(join(folder, sampleFile), `<gpx><trk><type>running</type><trkseg>${[0, 5, 9].map(point).join("")}</trkseg></trk></gpx>`);
writeFileSync(join(folder, "weights.csv"), "Date,Weight (kg)\n2025-01-05 07:00:00,80.4\n");
const order = operations(contract).sort((a, b) => runLast.indexOf(a.operationId) - runLast.indexOf(b.operationId));
let failed = false;
for (const operation of order) {
  const { operationId, responses } = operation;
  const { source } = samples(contract, operation).find((s) => s.lang === "shell");
  const command = `${source.replaceAll(base, api)} -sS -o body.txt -w '%{http_code}'`;
  const status = Number(execFileSync("bash", ["-c", command], { cwd: folder, env: { ...process.env, TOKEN: await token(), NO_PROXY: "*" } }));
  const expected = expectedRefusals[operationId] ? status === expectedRefusals[operationId] : status >= 200 && status < 300;
  if (!expected || !responses[status]) {
    failed = true;
    console.error(`${operationId} returned ${status}: ${readFileSync(join(folder, "body.txt"), "utf8")}\n${command}\n`);
  }
  if (operationId === "changePassword" && status === 204) password = operation.requestBody.content["application/json"].examples.change.value.new_password;
}
rmSync(folder, { recursive: true });
if (failed) process.exit(1);
console.log(`${order.length} samples run`);
