// Compares two bundles of the contract: node contract-diff.mjs [--no-prose] OLD NEW. Operations and components are compared one by one with
// references to examples resolved; their order does not matter. --no-prose ignores summaries and descriptions. Prints all differences;
// the exit code is 1 when there is one.
import { readFileSync } from 'node:fs';
import { load } from 'js-yaml';

const args = process.argv.slice(2);
const prose = !args.includes('--no-prose');
const [before, after] = args.filter((arg) => !arg.startsWith('--')).map((file) => flat(load(readFileSync(file, 'utf8'))));
let differences = 0;
for (const name of new Set([...before.keys(), ...after.keys()])) {
  const [a, b] = [before.get(name), after.get(name)];
  if (a === undefined) report(`+ ${name}`);
  else if (b === undefined) report(`- ${name}`);
  else compare(name, a, b);
}
process.exitCode = differences > 0 ? 1 : 0;

function report(line) {
  differences++;
  console.log(line);
}

function flat(doc) {
  const parts = new Map();
  for (const [path, item] of Object.entries(doc.paths)) for (const [method, operation] of Object.entries(item)) parts.set(`${method} ${path}`, resolved(doc, operation));
  for (const [kind, named] of Object.entries(doc.components)) {
    if (kind === 'examples') continue;
    for (const [name, component] of Object.entries(named)) parts.set(`${kind} ${name}`, resolved(doc, component));
  }
  const { paths, components, ...rest } = doc;
  parts.set('the rest', rest);
  return parts;
}

function resolved(doc, node) {
  if (Array.isArray(node)) return node.map((entry) => resolved(doc, entry));
  if (node === null || typeof node !== 'object') return node;
  if (typeof node.$ref === 'string' && node.$ref.startsWith('#/components/examples/')) {
    const { $ref, ...own } = node;
    return { ...resolved(doc, doc.components.examples[$ref.split('/').pop()]), ...own };
  }
  return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, resolved(doc, value)]));
}

function compare(where, a, b) {
  if (!prose && /\/(summary|description)$/.test(where)) return;
  if (a !== null && b !== null && typeof a === 'object' && typeof b === 'object' && Array.isArray(a) === Array.isArray(b)) {
    for (const key of new Set([...Object.keys(a), ...Object.keys(b)])) {
      if (!(key in a)) report(`+ ${where}/${key}: ${JSON.stringify(b[key])}`);
      else if (!(key in b)) report(`- ${where}/${key}: ${JSON.stringify(a[key])}`);
      else compare(`${where}/${key}`, a[key], b[key]);
    }
    return;
  }
  if (a !== b) report(`${where}: ${JSON.stringify(a)} → ${JSON.stringify(b)}`);
}
