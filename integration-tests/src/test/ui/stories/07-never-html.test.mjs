import assert from 'node:assert/strict';
import { awaitState, newProject, putWorkflow, start, taskOf } from '../support/server.mjs';
import { story } from '../support/story.mjs';

const NASTY = '<img src=x onerror=window.hacked=1>';

story('names, reasons and log lines are text, whatever they say', async (ui, page) => {
  const project = await newProject(`P ${NASTY}`);
  await putWorkflow(
    project,
    `W ${NASTY}`,
    [
      { name: `T ${NASTY}`, command: `echo '${NASTY}'\necho '<script>window.hacked=1</script>'\nprintf '\\033]8;;javascript:window.hacked=1\\033\\\\link\\033]8;;\\033\\\\\\n'\nexit 1` },
    ],
    { description: NASTY },
  );
  const id = await start(project, `W ${NASTY}`);
  await awaitState(id, 'FAILED');
  const { id: task } = await taskOf(id, `T ${NASTY}`);
  /** @type {string[]} */
  const asked = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));

  const look = async (/** @type {string} */ path, /** @type {string} */ text) => {
    await page.goto(path);
    await page.getByText(text).filter({ visible: true }).first().waitFor();
    assert.equal(await page.evaluate(() => /** @type {any} */ (window).hacked), undefined, path);
    assert.equal(await page.locator('img[src="x"]').count(), 0, path);
  };
  await look('/projects', `P ${NASTY}`);
  await look(`/projects/${encodeURIComponent(project)}`, `W ${NASTY}`);
  await look(`/projects/${encodeURIComponent(project)}/workflows/${encodeURIComponent(`W ${NASTY}`)}`, `T ${NASTY}`);
  await look('/', `W ${NASTY}`);
  await look('/instances', `W ${NASTY}`);
  for (const view of ['graph', 'tasks', 'gantt', 'events']) {
    await look(`/instances/${id}?view=${view}&task=${encodeURIComponent(`T ${NASTY}`)}`, `T ${NASTY}`);
  }
  await ui.instance.awaitLogLine('window.hacked=1</script>');
  await look(`/tasks/${task}/log`, `<script>window.hacked=1</script>`);
  assert.deepEqual(asked.filter((path) => /(^|\/)x$/.test(path)), []);
});
