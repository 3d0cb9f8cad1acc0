// Every main view in both themes and languages: pictures for the eye, axe for what the eye does not see.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { violations } from '../support/axe.mjs';
import { awaitState, call, newProject, putWorkflow, segment, start, taskOf } from '../support/server.mjs';
import { open, out } from '../support/story.mjs';

let project = '';
let running = '';
let failed = '';
let runningTask = '';

before(async () => {
  project = await newProject('Sales');
  await putWorkflow(
    project,
    'daily-report',
    [
      { name: 'fetch-orders', command: 'for page in $(seq 1 40); do echo "orders: page $page of 40, 250 rows"; done\necho \'${setValue(rows=10000)}\'', output_params: { rows: 'INTEGER()' } },
      { name: 'fetch-customers', command: 'echo "1,842 customers"' },
      { name: 'clean', deps: ['fetch-orders', 'fetch-customers'], command: 'echo "cleaned ${rows} rows"' },
      { name: 'check-sums', deps: ['clean'], fail_retry_times: 5, fail_retry_interval: '10m', command: 'echo "sum of the orders differs: 10 000 expected, 9 998 found" >&2\nexit 1' },
      { name: 'by-region', deps: ['clean'], command: "printf '\\033[32mINFO\\033[0m 14 regions\\n'; n=0; while true; do n=$((n+1)); printf '\\033[32mINFO\\033[0m  region %02d: %d orders\\n' $((n % 14 + 1)) $((n * 37 % 900)); [ $((n % 7)) = 0 ] && printf '\\033[33mWARN\\033[0m  region %02d: two orders without a customer\\n' $((n % 14 + 1)); sleep 1; done" },
      { name: 'by-product', deps: ['clean'], command: 'sleep 3600' },
      { name: 'publish', deps: ['by-region', 'by-product', 'check-sums'], command: 'echo published' },
    ],
    { description: 'Orders of a day by region and product', param: { day: '$[yyyy-MM-dd-1]', currency: 'EUR' } },
  );
  await putWorkflow(project, 'archive', [
    { name: 'pack', command: 'echo packed' },
    { name: 'upload', deps: ['pack'], command: 'echo "no space left on the target" >&2; exit 3' },
  ]);
  await putWorkflow(project, 'hourly-sync', [{ name: 'sync', command: 'echo synchronised' }], { description: 'Copies what is new' });
  failed = await start(project, 'archive');
  const synced = await start(project, 'hourly-sync');
  running = await start(project, 'daily-report', { params: { day: '2026-03-01', currency: 'EUR' } });
  await awaitState(failed, 'FAILED');
  await awaitState(synced, 'SUCCEEDED');
  for (;;) {
    const task = await taskOf(running, 'by-region');
    if (task?.state === 'RUNNING') {
      runningTask = task.id;
      break;
    }
  }
});

/** The views by the name of their picture: where they are, what to wait for, and what to do first. */
const views = () => [
  view('home', '/', (page) => page.getByText('archive').first()),
  view('projects', '/projects', (page) => page.getByRole('link', { name: project, exact: true }).first()),
  view('workflows', `/projects/${segment(project)}`, (page) => page.getByRole('link', { name: 'daily-report', exact: true })),
  view('designer', `/projects/${segment(project)}/workflows/daily-report?task=clean`, (page) => page.getByRole('complementary').locator('.cm-line').first()),
  view('designer-yaml', `/projects/${segment(project)}/workflows/daily-report?view=yaml`, (page) => page.locator('.cm-line').first()),
  view('start-dialog', `/projects/${segment(project)}/workflows/daily-report`, (page) => page.getByRole('dialog').locator('[type=submit]'), async (page) => {
    await page.locator('.react-flow__node').first().waitFor();
    await page.keyboard.press('r');
  }),
  view('instances', '/instances', (page) => page.getByText('archive').first()),
  view('instance-graph', `/instances/${running}?task=by-region`, (page) => page.getByRole('complementary').getByText(/region 0/).first()),
  view('instance-tasks', `/instances/${running}?view=tasks`, (page) => page.getByText('check-sums').first()),
  view('instance-gantt', `/instances/${running}?view=gantt`, (page) => page.getByText('by-product').first()),
  view('instance-parameters', `/instances/${running}?view=parameters`, (page) => page.getByText('currency').first()),
  view('instance-history', `/instances/${failed}?view=events`, (page) => page.getByText('upload').first()),
  view('log', `/tasks/${runningTask}/log`, (page) => page.getByText(/region 0/).first()),
];

/**
 * @typedef {import('playwright-core').Page} Page
 * @param {string} name
 * @param {string} path
 * @param {(page: Page) => import('playwright-core').Locator} sign
 * @param {(page: Page) => Promise<void>} [first]
 */
function view(name, path, sign, first) {
  return { name, path, sign, first };
}

for (const locale of /** @type {const} */ (['en-US', 'zh-CN'])) {
  for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
    test(`all main views, ${locale} ${colorScheme}: labels, contrast, no complaint`, async () => {
      const { context, page, complaints } = await open({ locale, colorScheme });
      const faults = [];
      const look = async (/** @type {string} */ name) => {
        await page.waitForFunction(() => document.querySelector('.mantine-Skeleton-root') === null);
        await page.evaluate(() => Promise.all(document.getAnimations().filter((moving) => moving.effect?.getComputedTiming().iterations === 1).map((moving) => moving.finished.catch(() => undefined))));
        faults.push(...(await violations(page)).map((text) => `${name}: ${text}`));
        await page.screenshot({ path: join(out, `${name}-${locale.slice(0, 2)}-${colorScheme}.png`) });
      };
      try {
        for (const { name, path, sign, first } of views()) {
          await page.goto(path);
          await first?.(page);
          await sign(page).waitFor();
          await look(name);
        }
        await context.clearCookies();
        await page.goto('/login');
        await page.locator('[type=submit]').waitFor();
        await look('login');
      } finally {
        await context.close();
      }
      assert.deepEqual([...new Set(faults)], [], 'axe');
      assert.deepEqual(complaints.filter((text) => !/status of 401/.test(text)), [], 'the browser complained');
    });
  }
}

test('the instance that the pictures show can be stopped', async () => {
  await call('POST', `/workflow-instances/${running}/actions`, { action: 'STOP' });
  await awaitState(running, 'STOPPED');
});
