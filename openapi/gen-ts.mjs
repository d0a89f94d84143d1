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

// The codes of the guide "Errors", which is tested against the server's own table, and of the contract's examples,
// so that `switch (error.code)` completes. No enum in the contract: a new code must not break a client that knows the old ones.
async function writeCodes() {
  const contract = load(await readFile(config.input, 'utf8'));
  const guide = await readFile(new URL('guides/errors.md', import.meta.url), 'utf8');
  const problems = new Set([...guide.matchAll(/^\| \d{3} \| `([a-z0-9_]+)` \|/gm)].map(([, code]) => code));
  if (problems.size < 20) throw new Error('guides/errors.md lists hardly any codes: has its table changed?');
  const fields = new Set();
  const visit = (node) => {
    if (Array.isArray(node)) return node.forEach(visit);
    if (node === null || typeof node !== 'object') return;
    if (typeof node.code === 'string' && typeof node.request_id === 'string') {
      problems.add(node.code);
      for (const error of node.errors ?? []) fields.add(error.code);
    }
    if (typeof node.description === 'string') {
      // "422 `password_too_long`": 422 names a field's code unless the guide knows it as a problem's.
      for (const [, status, code] of node.description.matchAll(/\b([45]\d\d) `([a-z][a-z0-9_]*)`/g)) {
        if (!problems.has(code)) (status === '422' ? fields : problems).add(code);
      }
    }
    Object.values(node).forEach(visit);
  };
  visit(contract);
  const union = (codes) => [...codes].sort().map((code) => `\n  | '${code}'`).join('');
  await writeFile(`${out}/codes.gen.ts`, `${header}/** Every cause of a problem that the guide "Errors" lists; a newer server may know more. */
export type KnownProblemCode =${union(problems)};

/** Why a field was refused, as far as the contract names it; a server may know more. */
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
