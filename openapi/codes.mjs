// Reads the codes of problems and of fields from the Go source: the calls of problem.Define and problem.DefineField. A test compares
// the result with the list of the compiled program.
import { readdirSync, readFileSync } from 'node:fs';
import { STATUS_CODES } from 'node:http';
import { fileURLToPath } from 'node:url';

const internal = fileURLToPath(new URL('../internal', import.meta.url));

const text = String.raw`"((?:[^"\\]|\\.)*)"`;
const define = new RegExp(String.raw`\bDefine\(\s*http\.Status(\w+),\s+${text},\s+${text},\s+${text},?\s*\)`, 'g');
const defineField = new RegExp(String.raw`\bDefineField\(\s*${text},\s+${text},\s+${text},?\s*\)`, 'g');
const unquote = (go) => JSON.parse(`"${go}"`);
const number = Object.fromEntries(Object.entries(STATUS_CODES).map(([status, name]) => [name.replace(/[^A-Za-z]/g, ''), Number(status)]));
// Go's names where they differ from Node's.
Object.assign(number, { RequestEntityTooLarge: 413, InternalServerError: 500 });

const typeOf = new RegExp(String.raw`http\.Status(\w+):\s+"(\w+Error)"`, 'g');

/** problems: code → {code, status, type, detail, fix}; fields: code → {code, message, meaning}. */
export function readCodes() {
  const types = new Map([...readFileSync(`${internal}/tools/problem/problem.go`, 'utf8').matchAll(typeOf)].map(([, status, type]) => [number[status], type]));
  const problems = new Map();
  const fields = new Map();
  for (const file of readdirSync(internal, { recursive: true }).filter((name) => name.endsWith('.go') && !name.endsWith('_test.go')).sort()) {
    const source = readFileSync(`${internal}/${file}`, 'utf8');
    for (const [, status, code, detail, fix] of source.matchAll(define)) {
      problems.set(code, { code, status: number[status], type: types.get(number[status]), detail: unquote(detail), fix: unquote(fix) });
    }
    for (const [, code, message, meaning] of source.matchAll(defineField)) {
      fields.set(code, { code, message: unquote(message), meaning: unquote(meaning) });
    }
  }
  if (problems.size < 20 || fields.size < 20) throw new Error('fewer than 20 codes found: have problem.Define or problem.DefineField changed?');
  return { problems, fields };
}
