// Writes gen/ts from gen/openapi.yaml: `npm run gen:ts` in this folder.
// Hey API does nearly all of it; this adds what it leaves out.
import { readFile, readdir, writeFile } from 'node:fs/promises';
import { createClient } from '@hey-api/openapi-ts';
import { load } from 'js-yaml';
import { readCodes } from './codes.mjs';
import configuration from './openapi-ts.config.mjs';

const config = await configuration;
const header = `${config.output.header[0]}\n\n`;
const out = config.output.path;

await createClient(config);
await escapeNul();
await writeCodes();
await writeKeyed();

// The pattern ^[^\u0000]*$ comes out with a real NUL in it, which makes the file binary for git, grep and editors.
async function escapeNul() {
  for (const entry of await readdir(out, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const file = `${entry.parentPath}/${entry.name}`;
    const text = await readFile(file, 'utf8');
    if (text.includes('\0')) await writeFile(file, text.replaceAll('\0', String.raw`\u0000`));
  }
}

// All codes, so that `switch (error.code)` completes. No enum in the contract: a new code must not break a client that knows the old ones.
async function writeCodes() {
  const { problems, fields } = readCodes();
  const union = (codes) => [...codes.keys()].sort().map((code) => `\n  | '${code}'`).join('');
  await writeFile(`${out}/codes.gen.ts`, `${header}/** Every cause of a problem; a newer server may know more. */
export type KnownProblemCode =${union(problems)};

/** Why a field was refused; a newer server may know more. */
export type KnownFieldErrorCode =${union(fields)};
`);
}

// Which writes take an Idempotency-Key, so that the client can send one by itself: "POST /path/{of}/the/contract".
async function writeKeyed() {
  const contract = load(await readFile(config.input, 'utf8'));
  const named = (parameter) => (parameter.$ref ? contract.components.parameters[parameter.$ref.split('/').pop()] : parameter).name;
  const keyed = Object.entries(contract.paths).flatMap(([path, methods]) => Object.entries(methods)
    .filter(([, operation]) => operation.parameters?.some((parameter) => named(parameter) === 'Idempotency-Key'))
    .map(([method]) => `${method.toUpperCase()} ${path}`));
  await writeFile(`${out}/keyed.gen.ts`, `${header}/** The writes that take an Idempotency-Key. */
export const keyed: ReadonlySet<string> = new Set([${keyed.sort().map((write) => `\n  '${write}',`).join('')}
]);
`);
}
