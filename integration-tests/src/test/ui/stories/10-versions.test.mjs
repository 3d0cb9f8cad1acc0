import assert from 'node:assert/strict';
import { call, newProject, putWorkflow, segment } from '../support/server.mjs';
import { story } from '../support/story.mjs';

/** @param {string} project @param {string} workflow */
const definition = (project, workflow) => call('GET', `/projects/${segment(project)}/workflows/${segment(workflow)}`);

story('compares versions, switches back, and takes a workflow offline', async (ui, page) => {
  const { designer } = ui;
  const project = await newProject('Versions');
  await putWorkflow(project, 'grown', [{ name: 'a', command: 'echo first' }]);
  await putWorkflow(project, 'grown', [{ name: 'a', command: 'echo second' }]);
  await designer.open(project, 'grown');

  await page.getByRole('button', { name: 'Versions', exact: true }).click();
  await page.getByRole('button', { name: 'More for version 1' }).click();
  await page.getByRole('menuitem', { name: 'Compare with the newest' }).click();
  const diff = page.getByRole('region', { name: 'Version 1 compared with version 2' });
  await diff.locator('[data-kind=removed]').getByText('echo first').waitFor();
  await diff.locator('[data-kind=added]').getByText('echo second').waitFor();
  await page.keyboard.press('Escape');
  await diff.waitFor({ state: 'hidden' });

  await page.getByRole('button', { name: 'More for version 1' }).click();
  await page.getByRole('menuitem', { name: 'Make it the newest' }).click();
  await ui.confirm('Make version 1 the newest?', 'Make it the newest');
  await page.getByText('Version 1 is now version 3').waitFor();
  await designer.task('a').getByText('echo first').waitFor();

  const online = page.getByRole('switch', { name: 'Online: the workflow can be started' });
  await online.click({ force: true });
  await page.getByText('The workflow is offline: nobody can start it').waitFor();
  assert.equal((await definition(project, 'grown')).releaseState, 'OFFLINE');
  await online.click({ force: true });
  await page.getByText('The workflow is online and can be started').waitFor();
  assert.equal((await definition(project, 'grown')).releaseState, 'ONLINE');
});

story('asks before it saves over what somebody else has saved meanwhile', async (ui, page) => {
  const { designer } = ui;
  const project = await newProject('Two');
  await putWorkflow(project, 'shared', [{ name: 'a', command: 'echo mine' }]);
  await designer.open(project, 'shared');
  await putWorkflow(project, 'shared', [{ name: 'a', command: 'echo theirs' }]);

  await designer.task('a').click();
  await designer.writeScript('echo mine too');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await ui.confirm('Version 2 was saved meanwhile', 'Cancel');
  assert.equal((await definition(project, 'shared')).version, 2);

  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await ui.confirm('Version 2 was saved meanwhile', 'Save mine as the newest');
  await page.getByText('Saved as version 3').waitFor();
});

story('selects with the mouse and copies by the clipboard', async (ui, page) => {
  const { designer } = ui;
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  const project = await newProject('Clipboard');
  await putWorkflow(project, 'from', [
    { name: 'a', command: 'echo a' },
    { name: 'b', deps: ['a'], command: 'echo b' },
  ]);
  await designer.open(project, 'from');
  await designer.task('b').waitFor();
  const [a, b] = [await designer.task('a').boundingBox(), await designer.task('b').boundingBox()];
  assert.ok(a && b);
  await page.keyboard.down('Shift');
  await page.mouse.move(a.x - 30, Math.min(a.y, b.y) - 40);
  await page.mouse.down();
  await page.mouse.move(b.x + b.width + 30, Math.max(a.y, b.y) + b.height + 40, { steps: 5 });
  await page.mouse.up();
  await page.keyboard.up('Shift');
  await page.getByRole('complementary', { name: '2 tasks selected' }).waitFor();

  await page.keyboard.press('Control+C');
  await page.waitForFunction(() => navigator.clipboard.readText().then((text) => text.includes('echo b')));
  await designer.openNew(project);
  await designer.canvas.click({ position: { x: 300, y: 300 } });
  await page.keyboard.press('Control+V');
  await designer.edge('a', 'b').waitFor({ state: 'attached' });
  await designer.task('a').getByText('echo a').waitFor();
});
