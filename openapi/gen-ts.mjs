// Writes gen/ts from gen/openapi.yaml: `npm run gen:ts` in this folder.
// Hey API does nearly all of it; this adds what it leaves out.
import { readFile, readdir, writeFile } from 'node:fs/promises';
import { createClient } from '@hey-api/openapi-ts';
import { load } from 'js-yaml';
import configuration from './openapi-ts.config.mjs';

const config = await configuration;
const header = `${config.output.header[0]}\n\n`;
const out = config.output.path;

await createClient(config);
await escapeNul();
await writeCodes();

// The pattern ^[^\u0000]*$ comes out with a real NUL in it, which makes the file binary for git, grep and editors.
async function escapeNul() {
  for (const entry of await readdir(out, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const file = `${entry.parentPath}/${entry.name}`;
    const text = await readFile(file, 'utf8');
    if (text.includes('\0')) await writeFile(file, text.replaceAll('\0', String.raw`\u0000`));
  }
}

// The codes that the contract names, so that \`switch (error.code)\` completes and typos do not compile.
// They are not an enum in the contract: a new code must not break a client that knows the old ones.
async function writeCodes() {
  const contract = load(await readFile(config.input, 'utf8'));
  const problems = new Set(contract.components.schemas.Problem.properties.code['x-codes'] ?? []);
  const fields = new Set(contract.components.schemas.FieldError.properties.code['x-codes'] ?? []);
  const visit = (node) => {
    if (Array.isArray(node)) return node.forEach(visit);
    if (node === null || typeof node !== 'object') return;
    if (typeof node.code === 'string' && typeof node.request_id === 'string') {
      problems.add(node.code);
      for (const error of node.errors ?? []) fields.add(error.code);
    }
    if (typeof node.description === 'string') {
      for (const [, code] of node.description.matchAll(/\b[45]\d\d `([a-z][a-z0-9_]*)`/g)) problems.add(code);
    }
    Object.values(node).forEach(visit);
  };
  visit(contract);
  const union = (codes) => [...codes].sort().map((code) => `\n  | '${code}'`).join('');
  await writeFile(`${out}/codes.gen.ts`, `${header}/** The causes of a problem that the contract names; a server may know more. */
export type KnownProblemCode =${union(problems)};

/** Why a field was refused, as far as the contract names it; a server may know more. */
export type KnownFieldErrorCode =${union(fields)};
`);
}
