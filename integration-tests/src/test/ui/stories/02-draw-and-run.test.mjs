import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newProject } from '../support/server.mjs';
import { story } from '../support/story.mjs';
import { idOfInstance } from '../support/ui.mjs';

story('draws three tasks with the mouse, runs them and sees states and the log arrive', async (ui, page) => {
  const project = await newProject('Drawn');
  const { designer, instance } = ui;
  await designer.openNew(project);
  await page.getByLabel('Name of the workflow').fill('nightly');

  const places = { extract: { x: 160, y: 140 }, load: { x: 460, y: 260 }, report: { x: 300, y: 460 } };
  // The tasks go on when the story has seen them run: the worker is on this machine.
  const gate = await mkdtemp(join(tmpdir(), 'porpoise-story-'));
  const until = (/** @type {string} */ file) => `until [ -e '${gate}/${file}' ]; do sleep 0.1; done`;
  const scripts = {
    extract: `echo "extracting"; ${until('extracted')}`,
    load: `echo "loaded at last"; ${until('loaded')}`,
    report: 'echo done',
  };
  for (const name of /** @type {const} */ (['extract', 'load', 'report'])) {
    await designer.drag('Shell', places[name]);
    await designer.rename(name);
    await designer.writeScript(scripts[name]);
  }
  await designer.connect('extract', 'load');
  await designer.connect('load', 'report');
  await designer.save('Saved as version 1');

  await designer.run();
  await instance.awaitState('Running');
  await instance.awaitTask('extract', 'Running');
  await instance.openTask('load');
  await writeFile(join(gate, 'extracted'), '');
  await instance.awaitTask('extract', 'Succeeded');
  await instance.awaitTask('load', 'Running');
  await instance.awaitLogLine('loaded at last');
  await writeFile(join(gate, 'loaded'), '');
  await instance.awaitState('Succeeded');
  await instance.awaitTask('report', 'Succeeded');

  await instance.panel.getByRole('link', { name: 'Open the log' }).click();
  await ui.awaitHeading('Log of load');
  await instance.awaitLogLine('loaded at last');
  await page.goBack();
  assert.ok(await idOfInstance(page));
  await instance.awaitTask('extract', 'Succeeded');
  await rm(gate, { recursive: true });
});

story('undoes and redoes, copies, and arranges', async (ui, page) => {
  const { designer } = ui;
  await designer.openNew(await newProject('Edited'));
  await page.getByLabel('Name of the workflow').fill('edited');
  await designer.drag('Shell', { x: 200, y: 200 });
  await designer.rename('first');
  await designer.palette.getByRole('button', { name: 'Shell', exact: true }).click();
  await designer.rename('second');
  await page.getByRole('button', { name: 'Undo (Ctrl Z)' }).click();
  await designer.task('second').waitFor({ state: 'hidden' });
  await page.getByRole('button', { name: 'Redo (Ctrl Shift Z)' }).click();
  await designer.task('second').waitFor();
  await designer.task('first').click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Duplicate' }).click();
  await page.waitForFunction(() => document.querySelectorAll('.react-flow__node').length === 3);
  await designer.task('second').click();
  await page.keyboard.press('Delete');
  await designer.task('second').waitFor({ state: 'hidden' });
  await page.getByRole('button', { name: 'Arrange automatically' }).click();
  await page.getByRole('button', { name: 'Show everything' }).click();
});
