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

const contract = load(await readFile(config.input, 'utf8'));

await createClient(config);
await escapeNul();
await writeCodes();
await writeOperations();
await writeChanges();
await writeQueries();

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

function operations() {
  return Object.entries(contract.paths).flatMap(([path, methods]) => Object.entries(methods).map(([method, operation]) => ({ path, method, ...operation })));
}

function takes(operation, header) {
  return operation.parameters?.some((parameter) => (parameter.$ref ? contract.components.parameters[parameter.$ref.split('/').pop()] : parameter).name === header) ?? false;
}

function isRead({ method }) {
  return method === 'get';
}

// Writes which reads each write changes: x-changes of the operation is a list of operations, or `all` reads of the person. A write without
// it changes all reads of its room, so that a new operation shows too many fresh results rather than stale ones.
async function writeChanges() {
  const all = operations();
  const reads = all.filter((operation) => isRead(operation) && operation['x-rate-class'] === 'read');
  const entries = all.filter((operation) => !isRead(operation)).map((operation) => {
    const said = operation['x-changes'] ?? reads.filter(({ tags }) => tags[0] === operation.tags[0]).map(({ operationId }) => operationId);
    const changed = said === 'all' ? reads.map(({ operationId }) => operationId) : said;
    for (const id of changed) {
      if (!all.some((read) => read.operationId === id && isRead(read))) throw new Error(`${operation.operationId}: x-changes names ${id}, which is not a read`);
    }
    return `\n  ${operation.operationId}: [${changed.map((id) => `'${id}'`).join(', ')}],`;
  });
  await writeFile(`${out}/changes.gen.ts`, `${header}/** The reads whose results a write changes. */
export const changes = {${entries.join('')}
} as const;
`);
}

// Writes the functions of ./query: options for every read, pages for every list, mutations for every write.
async function writeQueries() {
  const all = operations();
  const doc = ({ summary, description }, first = '') => `/**\n * ${first}${summary}\n *\n${description.trim().split('\n').map((line) => ` * ${line}`.trimEnd()).join('\n')}\n */`;
  const isList = (operation) => operation.parameters?.some((parameter) => parameter.$ref?.endsWith('/Cursor'));
  const lines = all.flatMap((operation) => {
    const { operationId: id } = operation;
    const parts = [];
    if (isRead(operation) || operation['x-rate-class'] === 'read') {
      parts.push(`/** The key of \`${id}\`: ${operation.summary}. Without arguments it matches none but the query without arguments; \`['${id}']\` matches all. */
export const ${id}QueryKey: ReadKeyOf<'${id}'> = /* @__PURE__ */ readKey('${id}');`,
      `${doc(operation)}
export const ${id}Options: Read<'${id}'> = /* @__PURE__ */ read('${id}', sdk.${id}, ${takes(operation, 'If-None-Match')});`);
      if (isList(operation)) {
        parts.push(`${doc(operation, 'All pages: ')}
export const ${id}InfiniteOptions: ReadPages<'${id}'> = /* @__PURE__ */ readPages('${id}', sdk.${id});`);
      }
    }
    if (!isRead(operation)) {
      parts.push(`${doc(operation)}
export const ${id}Mutation: Write<'${id}'> = /* @__PURE__ */ write('${id}', sdk.${id}, ${takes(operation, 'Idempotency-Key')});`);
    }
    return parts;
  });
  await writeFile(`${out}/query.gen.ts`, `${header}import * as sdk from './sdk.gen.js';
import { read, readKey, readPages, write, type Read, type ReadKeyOf, type ReadPages, type Write } from '../queries.js';

${lines.join('\n\n')}
`);
}
