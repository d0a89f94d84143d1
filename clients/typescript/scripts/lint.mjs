// What the compiler does not refuse: `any`, silenced errors, and relative imports without an extension.
import { readdir, readFile } from 'node:fs/promises';

const rules = [
  [/\bany\b/, '`any` switches the types off; say unknown and look'],
  [/@ts-(ignore|nocheck|expect-error)/, 'a silenced error'],
  [/\bconsole\./, 'a library is silent'],
  [/from '\.{1,2}\/[^']*(?<!\.js)'/, 'a relative import needs its .js'],
];
let bad = 0;
for (const folder of ['src', 'test']) {
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !/\.tsx?$/.test(entry.name) || /\/(gen|samples)/.test(entry.parentPath)) continue;
    const file = `${entry.parentPath}/${entry.name}`;
    const lines = (await readFile(file, 'utf8')).split('\n');
    for (const [index, line] of lines.entries()) {
      const code = line.replace(/^\s*(\/\/|\*|\/\*\*).*|\s\/\/ .*$/g, '').replace(/'[^']*'|`[^`]*`/g, (text) => (line.includes('from ') ? text : "''"));
      for (const [pattern, why] of rules) {
        if (folder === 'test' && /silenced/.test(why)) continue; // tests prove what must not compile
        if (pattern.test(code)) {
          console.error(`${file}:${index + 1}: ${why}\n    ${line.trim()}`);
          bad++;
        }
      }
    }
  }
}
if (bad > 0) process.exit(1);
console.log('lint: clean');
