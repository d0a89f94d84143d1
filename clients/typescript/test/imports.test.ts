// importFile: the same result whether a file is imported by its request or in the background.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createClient, importFile, isApiError, type ActivityImport, type ImportTask } from '@ultimate-coach/client';
import { fixtures } from '@ultimate-coach/client/testing';
import { json, problem, serve } from './server.js';

const body = new Blob(['<gpx/>']);
const post = 'POST /api/v1/activities/import';
const queued: ImportTask = { id: '7d1f3c1e-2b64-4c0c-9d0e-3f5b8f0f2c13', status: 'queued', progress: 0, created_at: '2026-11-23T08:00:00Z' };
const path = `/api/v1/activities/imports/${queued.id}`;
const result = fixtures.importActivity as ActivityImport;
const completed_at = '2026-11-23T08:00:02Z';

test('a small file is returned at once', async (t) => {
  const { url, seen } = await serve(t, { [post]: (_, response) => json(response, 201, result) });
  assert.deepEqual(await importFile(createClient({ baseUrl: url }), { body }), result);
  assert.equal(seen[0]?.body, '<gpx/>');
  assert.equal(seen.length, 1);
});

test('a file in the background is waited for', async (t) => {
  const steps: ImportTask[] = [{ ...queued, status: 'running', progress: 0.5 }, { ...queued, status: 'done', progress: 1, completed_at, result }];
  const { url, seen } = await serve(t, {
    [post]: (_, response) => json(response, 202, queued),
    [`GET ${path}`]: (_, response) => json(response, 200, steps.shift()),
  });
  const progress: number[] = [];
  assert.deepEqual(await importFile(createClient({ baseUrl: url }), { body, onProgress: (task) => void progress.push(task.progress) }), result);
  assert.deepEqual(progress, [0, 0.5]);
  assert.deepEqual(seen.slice(1).map((one) => one.path), [`${path}?wait=1`, `${path}?wait=1`]);
});

test('a file that is refused throws the same error at once and in the background', async (t) => {
  const refused = { type: 'UnprocessableError', status: 422, code: 'file_damaged', detail: 'The detail of file_damaged.' };
  const errors = [{ field: 'allow_damaged', code: 'partly_readable', message: 'would store 3 points over 20 seconds' }];
  let inBackground = false;
  const { url } = await serve(t, {
    [post]: (_, response) => inBackground ? json(response, 202, queued) : problem(response, 422, 'file_damaged', { ...refused, errors }),
    [`GET ${path}`]: (_, response) => json(response, 200, { ...queued, status: 'failed', completed_at, problem: { ...refused, errors } }),
  });
  for (inBackground of [false, true]) {
    await assert.rejects(importFile(createClient({ baseUrl: url }), { body }), (error: unknown) => {
      assert.ok(isApiError(error, 'file_damaged'));
      assert.deepEqual([error.status, error.detail, error.errors], [422, refused.detail, errors]);
      return true;
    });
  }
});
