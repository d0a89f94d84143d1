// Writes gen/ts from gen/openapi.yaml: `npm run gen:ts` in this folder.
// Hey API writes the client, the types, the queries and the zod schemas; the functions below add the rest.
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
await writeOperations();

// Hey API writes the pattern ^[^\u0000]*$ with a real NUL, which makes the file binary for git, grep and editors.
async function escapeNul() {
  for (const entry of await readdir(out, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const file = `${entry.parentPath}/${entry.name}`;
    const text = await readFile(file, 'utf8');
    if (text.includes('\0')) await writeFile(file, text.replaceAll('\0', String.raw`\u0000`));
  }
}

// Writes all codes as unions, so that editors complete `switch (error.code)`. The contract has no enum of them: a new code must not break existing clients.
async function writeCodes() {
  const { problems, fields } = readCodes();
  const union = (codes) => [...codes.keys()].sort().map((code) => `\n  | '${code}'`).join('');
  await writeFile(`${out}/codes.gen.ts`, `${header}/** All codes of problems; a newer server may send others. */
export type KnownProblemCode =${union(problems)};

/** All codes of refused fields; a newer server may send others. */
export type KnownFieldErrorCode =${union(fields)};
`);
}

// Writes what the client must know about operations, each named "POST /path/{of}/the/contract".
async function writeOperations() {
  const contract = load(await readFile(config.input, 'utf8'));
  const named = (parameter) => (parameter.$ref ? contract.components.parameters[parameter.$ref.split('/').pop()] : parameter).name;
  const where = (condition) => Object.entries(contract.paths).flatMap(([path, methods]) => Object.entries(methods)
    .filter(([method, operation]) => condition(operation, method))
    .map(([method]) => `\n  '${method.toUpperCase()} ${path}',`)).sort().join('');
  const takesKey = (operation) => operation.parameters?.some((parameter) => named(parameter) === 'Idempotency-Key');
  const setsCookies = (operation) => Object.entries(operation.responses).some(([status, { headers }]) => status < '300' && headers?.['Set-Cookie']);
  const optionalUser = ({ security = [] }) => security.length > 1 && security.some((scheme) => Object.keys(scheme).length === 0);
  await writeFile(`${out}/operations.gen.ts`, `${header}/** The writes that take an Idempotency-Key. */
export const keyed: ReadonlySet<string> = new Set([${where(takesKey)}
]);

/** The operations that set or clear the session cookies. */
export const changesSession: ReadonlySet<string> = new Set([${where(setsCookies)}
]);

/** The reads that use a credential but do not need one. */
export const anybody: ReadonlySet<string> = new Set([${where((operation, method) => method === 'get' && optionalUser(operation))}
]);
`);
}
