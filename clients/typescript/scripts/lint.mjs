// Refuses what the compiler accepts: `any`, suppressed type errors, and relative imports without an extension.
import { readdir, readFile } from 'node:fs/promises';

const rules = [
  [/\bany\b/, '`any` switches type checks off: use unknown and narrow it'],
  [/@ts-(ignore|nocheck|expect-error)/, 'a suppressed type error'],
  [/\bconsole\./, 'a library writes nothing to the console'],
  [/from '\.{1,2}\/[^']*(?<!\.js)'/, 'a relative import needs the extension .js'],
];
let findings = 0;
for (const folder of ['src', 'test']) {
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !/\.tsx?$/.test(entry.name) || /\/(gen|samples)/.test(entry.parentPath)) continue;
    const file = `${entry.parentPath}/${entry.name}`;
    const lines = (await readFile(file, 'utf8')).split('\n');
    for (const [index, line] of lines.entries()) {
      const code = line.replace(/^\s*(\/\/|\*|\/\*\*).*|\s\/\/ .*$/g, '').replace(/'[^']*'|`[^`]*`/g, (text) => (line.includes('from ') ? text : "''"));
      for (const [pattern, why] of rules) {
        if (file === 'src/warnings.ts' && /console/.test(why)) continue; // its only purpose
        if (folder === 'test' && /suppressed/.test(why)) continue; // tests contain code that must not compile
        if (pattern.test(code)) {
          console.error(`${file}:${index + 1}: ${why}\n    ${line.trim()}`);
          findings++;
        }
      }
    }
  }
}
if (findings > 0) process.exit(1);
console.log('lint: no findings');
