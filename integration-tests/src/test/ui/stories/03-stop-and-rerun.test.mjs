import { newProject, putWorkflow, start } from '../support/server.mjs';
import { story } from '../support/story.mjs';

story('stops a long run after asking, and reruns it', async (ui, page) => {
  const project = await newProject('Stopped');
  await putWorkflow(project, 'long', [
    { name: 'first', command: 'echo begun; sleep 600' },
    { name: 'second', deps: ['first'], command: 'echo after' },
  ]);
  const id = await start(project, 'long');
  const { instance } = ui;
  await page.goto(`/instances/${id}`);
  await instance.awaitTask('first', 'Running');

  await page.getByRole('button', { name: 'Stop', exact: true }).click();
  await page.getByRole('dialog', { name: `Stop workflow instance ${id}?` }).getByRole('button', { name: 'Cancel' }).click();
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  await instance.awaitTask('first', 'Running');

  await page.getByRole('button', { name: 'Stop', exact: true }).click();
  await ui.confirm(`Stop workflow instance ${id}?`, 'Stop');
  await instance.awaitState('Stopped');
  await instance.awaitTask('first', 'Killed');

  await page.getByRole('button', { name: 'Rerun', exact: true }).click();
  await ui.confirm(`Run workflow instance ${id} again?`, 'Rerun');
  await instance.awaitState('Running');
  await instance.awaitTask('first', 'Running');
  await instance.openTask('first');
  await page.getByRole('button', { name: 'Kill the task' }).click();
  await ui.confirm('Kill task first?', 'Kill the task');
  await instance.awaitTask('first', 'Killed');
  await page.getByText("task 'first' killed: killed by hand").waitFor();
  await instance.awaitState('Stopped');
});
