// Writes the samples of README.md into files, so that the tests compile and run them.
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';

// Samples with React are compiled as test/query is, those with the AI SDK as test/ai; see their tsconfig.
const folders = { ts: 'test/samples', tsx: 'test/query/samples', ai: 'test/ai/samples' };
for (const folder of Object.values(folders)) {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder);
}
const readme = await readFile('README.md', 'utf8');
const samples = [...readme.matchAll(/^```(tsx?)\n(.*?)^```$/gms)];
if (samples.length < 5) throw new Error(`README.md has only ${samples.length} samples; is the pattern still right?`);
for (const [index, [, kind, code]] of samples.entries()) {
  const line = readme.slice(0, readme.indexOf(code)).split('\n').length;
  const folder = folders[code.includes('@ultimate-coach/client/ai') ? 'ai' : kind];
  await writeFile(`${folder}/sample-${String(index + 1).padStart(2, '0')}-line-${line}.${kind}`, `${code}\nexport {};\n`);
}
