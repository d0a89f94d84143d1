// Makes one sample call per operation in curl and in TypeScript, from the examples of the contract.
import { resolve } from "./contract.mjs";

/** The name of the file in the samples. */
export const sampleFile = "run.gpx";

/** The address of the API in the samples. Pages replace it by their own address, and a server with PUBLIC_URL by that. */
export const base = "http://127.0.0.1:8000";

/** The credential of a call: none, the cookies that a sign-in stores, or the token in $TOKEN. */
function credential(contract, { operationId, security = contract.security }) {
  const schemes = security.flatMap(Object.keys);
  if (schemes.includes("bearerAuth")) return "bearer";
  if (schemes.includes("refreshCookie")) return "refresh";
  return ["signup", "login", "verifyEmail", "resetPassword"].includes(operationId) ? "signs_in" : "none";
}

export function samples(contract, operation) {
  const parameters = (operation.parameters ?? []).map((p) => resolve(contract, p));
  const path = operation.path.replace(/\{(\w+)\}/g, (_, name) => parameters.find((p) => p.name === name).example);
  const query = new URLSearchParams(parameters.filter((p) => p.in === "query" && p.required).map((p) => [p.name, p.example])).toString();
  const content = operation.requestBody?.content["application/json"];
  const body = content && Object.values(content.examples)[0].value;
  const file = operation.requestBody && !content; // the body is a file
  const call = { ...operation, path, query, parameters, body, file, credential: credential(contract, operation) };
  return [
    { lang: "shell", label: "curl", source: curl(call) },
    { lang: "typescript", label: "TypeScript", source: typescript(call) },
  ];
}

function curl({ method, path, query, body, file, credential }) {
  const url = query ? `'${base}${path}?${query}'` : base + path;
  const lines = [method === "GET" ? `curl ${url}` : `curl -X ${method} ${url}`];
  if (credential === "bearer") lines.push(`-H "Authorization: Bearer $TOKEN"`);
  if (credential === "signs_in") lines.push("-c cookies.txt");
  if (credential === "refresh") lines.push("-b cookies.txt -c cookies.txt");
  if (file) lines.push("-H 'Content-Type: application/octet-stream'", `--data-binary @${sampleFile}`);
  if (body) lines.push("-H 'Content-Type: application/json'", `-d '${JSON.stringify(body, null, 2).replaceAll("'", "'\\''")}'`);
  return lines.join(" \\\n  ");
}

function typescript({ operationId, parameters, body, file, credential, responses }) {
  const options = [];
  for (const place of ["path", "query"]) {
    const given = parameters.filter((p) => p.in === place && p.example !== undefined);
    if (given.length) options.push([place, Object.fromEntries(given.map((p) => [p.name, p.example]))]);
  }
  if (body) options.push(["body", body]);
  const members = options.map(([k, v]) => `  ${k}: ${literal(v)},`);
  if (file) members.push(`  body: await openAsBlob("${sampleFile}"),`);
  const argument = members.length ? `{\n${members.join("\n")}\n}` : "";
  const config = credential === "bearer" ? `{\n  baseUrl: "${base}",\n  token: process.env.TOKEN,\n}` : `{ baseUrl: "${base}" }`;
  const hasResult = Object.keys(responses).some((status) => status === "200" || status === "201");
  return `${file ? 'import { openAsBlob } from "node:fs";\n' : ""}import { createClient } from "@ultimate-coach/client";

const api = createClient(${config});
${hasResult ? "const result = " : ""}await api.${operationId}(${argument});`;
}

/** JSON as a TypeScript literal, indented for a call. */
function literal(value) {
  return JSON.stringify(value, null, 2)
    .replace(/^(\s*)"([A-Za-z_]\w*)":/gm, "$1$2:")
    .replaceAll("\n", "\n  ");
}
