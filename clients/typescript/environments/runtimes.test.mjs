// One scenario in each environment, against a real server: API_URL is its address, TOKEN a person's access token.
import assert from 'node:assert/strict';
import { execFile, execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';
import { promisify } from 'node:util';
import { runInReactNative } from './react-native.mjs';
import { runScenario } from './scenario.mjs';
import { baseUrl, deadAddresses, here, needsServer, requireResult, token } from './setup.mjs';

const require = createRequire(import.meta.url);
const run = promisify(execFile);
const work = join(here, '.work');

describe('the client against a real server', needsServer, () => {
  before(() => void mkdirSync(work, { recursive: true }));

  test('in Node', async (t) => {
    requireResult(await runScenario({ baseUrl, token, ...await deadAddresses(t) }));
  });

  test('in Deno, and deno check accepts its types', async (t) => {
    const deno = (...args) => programOutput(t, join(here, 'node_modules/.bin/deno'), args);
    await deno('check', 'deno.ts');
    requireResult(JSON.parse(await deno('run', '--no-prompt', '--allow-env=API_URL,TOKEN,CLOSED_URL,SILENT_URL', '--allow-net', 'deno.ts')));
  });

  for (const date of ['2023-01-01', '2026-11-01']) {
    test(`in a Cloudflare Worker with the compatibility date ${date}`, async (t) => {
      const { build } = require('esbuild');
      await build({ entryPoints: ['worker.mjs'], absWorkingDir: here, outfile: join(work, 'worker.mjs'), bundle: true, format: 'esm', conditions: ['workerd', 'worker', 'browser'], target: 'es2022' });
      const config = join(here, `.work-${date}.capnp`);
      writeFileSync(config, readFileSync(join(here, 'worker.capnp'), 'utf8').replace('COMPATIBILITY_DATE', date));
      requireResult(JSON.parse(await programOutput(t, join(here, 'node_modules/.bin/workerd'), ['test', config])));
    });
  }

  test('in React Native: bundled by Metro with its Babel preset, accepted by the compiler of Hermes', async (t) => {
    const bundle = await metroBundle();
    const hermes = { darwin: 'osx-bin/hermesc', win32: 'win64-bin/hermesc.exe' }[process.platform] ?? 'linux64-bin/hermesc';
    execFileSync(join(here, 'node_modules/hermes-compiler/hermesc', hermes), ['-emit-binary', '-w', '-out', join(work, 'bundle.hbc'), join(work, 'bundle.js')]);
    const { runScenario: runBundled } = runInReactNative(bundle);
    const settings = { baseUrl, token, ...await deadAddresses(t) };
    await assert.rejects(runBundled(settings), /pass `newKey` to createClient/);
    let keys = 0;
    requireResult(await runBundled({ ...settings, newKey: () => `a-key-of-the-test-${process.pid}-${Date.now()}-${keys++}` }), { polls: true });
    assert.equal(keys, 3, 'each write has one key');
  });
});

async function metroBundle() {
  const Metro = require('metro');
  const config = await Metro.loadConfig({ config: join(here, 'react-native/metro.config.cjs') });
  const { code } = await Metro.runBuild(config, { entry: 'index.mjs', platform: 'ios', dev: false, minify: false, out: join(work, 'bundle') });
  return code ?? readFileSync(join(work, 'bundle.js'), 'utf8');
}

// The last line is the result; tools write their progress before it.
async function programOutput(t, program, args) {
  const { closedUrl, silentUrl } = await deadAddresses(t);
  const env = { ...process.env, CLOSED_URL: closedUrl, SILENT_URL: silentUrl, DENO_DIR: join(work, 'deno'), DENO_NO_UPDATE_CHECK: '1', NO_COLOR: '1' };
  const { stdout } = await run(program, args, { cwd: here, env });
  return stdout.trim().split('\n').at(-1);
}
