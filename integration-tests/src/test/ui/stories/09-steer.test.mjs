import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { awaitState, call, newProject, putWorkflow, start } from '../support/server.mjs';
import { story } from '../support/story.mjs';
import { idOfInstance } from '../support/ui.mjs';

story('pauses, resumes, sets a failed task to forced success and recovers', async (ui, page) => {
  const gate = await mkdtemp(join(tmpdir(), 'porpoise-story-'));
  const project = await newProject('Steered');
  await putWorkflow(project, 'steered', [
    { name: 'a', command: `until [ -e '${gate}/open' ]; do sleep 0.1; done` },
    { name: 'b', deps: ['a'], command: 'echo no stock; exit 3' },
    { name: 'c', deps: ['b'], command: 'echo at last' },
  ]);
  const id = await start(project, 'steered');
  const { instance } = ui;
  await page.goto(`/instances/${id}`);
  await instance.awaitTask('a', 'Running');

  await page.getByRole('button', { name: 'Pause', exact: true }).click();
  await instance.awaitState('Pausing');
  await writeFile(join(gate, 'open'), '');
  await instance.awaitState('Paused');
  await instance.awaitTask('a', 'Succeeded');

  await page.getByRole('button', { name: 'Resume', exact: true }).click();
  await instance.awaitState('Failed');
  await page.getByText("task 'b' failed: exit code 3").waitFor();
  await instance.openTask('b');
  await instance.panel.getByRole('button', { name: 'Force success' }).click();
  await ui.confirm('Set task b to forced success?', 'Force success');
  await instance.awaitTask('b', 'Forced success');

  await page.getByRole('button', { name: 'Recover failed', exact: true }).click();
  await instance.awaitState('Succeeded');
  await instance.awaitTask('c', 'Succeeded');

  await page.getByRole('tab', { name: 'History' }).click();
  await page.getByRole('cell', { name: 'success forced' }).waitFor();
  await page.getByRole('cell', { name: 'pause requested' }).waitFor();
  await rm(gate, { recursive: true });
});

story('runs one task, or from a task on, and leaves a disabled one out', async (ui, page) => {
  const { designer, instance } = ui;
  const project = await newProject('Chosen');
  await putWorkflow(project, 'chosen', [
    { name: 'a', command: 'echo a' },
    { name: 'b', deps: ['a'], command: 'echo b' },
    { name: 'c', deps: ['b'], command: 'echo c' },
  ]);
  const ran = async () => {
    const id = await idOfInstance(page);
    await instance.awaitState('Succeeded');
    const { tasks } = await call('GET', `/workflow-instances/${id}`);
    return tasks.map((/** @type {{ name: string }} */ { name }) => name).sort();
  };
  const choose = async (/** @type {string} */ item) => {
    await designer.open(project, 'chosen');
    await designer.task('b').click({ button: 'right' });
    await page.getByRole('menuitem', { name: item }).click();
  };
  const begin = () => page.getByRole('dialog').getByRole('button', { name: 'Start', exact: true }).click();

  await choose('Run only this');
  await begin();
  assert.deepEqual(await ran(), ['b']);

  await choose('Run from here');
  await begin();
  assert.deepEqual(await ran(), ['b', 'c']);

  await choose('Disable');
  await designer.task('b').getByText('disabled').waitFor();
  await designer.save('Saved as version 2');
  await designer.run();
  assert.deepEqual(await ran(), ['a', 'c']);
});

story('says in Chinese what the server says in English', async (ui, page) => {
  const project = await newProject('Chinese');
  await putWorkflow(project, 'fails', [{ name: 'b', command: 'exit 3' }]);
  const id = await start(project, 'fails');
  await awaitState(id, 'FAILED');
  await page.goto(`/instances/${id}`);
  await page.getByText('任务“b”失败：退出码 3').waitFor();
  await page.getByRole('tab', { name: '历史' }).click();
  await page.getByRole('cell', { name: '所有任务已结束' }).waitFor();
}, { locale: 'zh-CN' });
