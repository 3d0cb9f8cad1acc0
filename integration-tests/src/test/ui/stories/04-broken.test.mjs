import { newProject, putWorkflow } from '../support/server.mjs';
import { story } from '../support/story.mjs';

// A refused save is a failed request to the browser.
const refused = [/status of 400/];

story(
  'an empty script is refused, and its place is marked',
  async (ui, page) => {
    const { designer } = ui;
    await designer.openNew(await newProject('Broken'));
    await page.getByLabel('Name of the workflow').fill('broken');
    await designer.drag('Shell', { x: 240, y: 200 });
    await designer.rename('empty');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await designer.faults.getByText('1 thing is wrong. Nothing was saved.').waitFor();
    await designer.task('empty').getByText('1 fault').waitFor({ state: 'attached' });
    await designer.faults.getByRole('button', { name: /empty › Script/ }).click();
    await page.getByRole('complementary', { name: 'Task empty' }).getByText('Fill this in').waitFor();
    await designer.writeScript('echo mended');
    await designer.save('Saved as version 1');
    await designer.faults.waitFor({ state: 'hidden' });
  },
  { complaints: refused },
);

story(
  'bad YAML and a cycle are told with line and column, and what is good is applied',
  async (ui, page) => {
    const project = await newProject('YAML');
    await putWorkflow(project, 'chain', [
      { name: 'one', command: 'echo 1' },
      { name: 'two', deps: ['one'], command: 'echo 2' },
    ]);
    const { designer } = ui;
    await designer.open(project, 'chain');
    await designer.show('YAML');
    const editor = page.getByRole('textbox', { name: 'The workflow as YAML' });
    const write = async (/** @type {string} */ text) => {
      await editor.click();
      await page.keyboard.press('Control+A');
      await page.keyboard.insertText(text);
    };
    const head = 'workflow:\n  name: chain\ntasks:\n';
    const first = (/** @type {string} */ deps) => `  - name: one\n    task_type: Shell\n    command: echo 1\n${deps}`;
    const second = '  - name: two\n    task_type: Shell\n    deps: [one]\n    command: echo 2\n';

    await write(`${head}  - name: [\n`);
    await designer.faults.getByRole('button', { name: /^Line \d+:\d+/ }).first().waitFor();
    await write(`${head}${first('    deps: [two]\n')}${second}`);
    await designer.faults.getByText(/cycle/i).first().waitFor();
    await page.getByRole('button', { name: 'Apply to the diagram' }).click();
    await designer.faults.getByText(/cycle/i).first().waitFor();

    await write(`${head}${first('')}${second}  - name: three\n    task_type: Shell\n    deps: [two]\n    command: echo 3\n`);
    await designer.faults.waitFor({ state: 'hidden' });
    await page.getByRole('button', { name: 'Apply to the diagram' }).click();
    await designer.show('Diagram');
    await designer.edge('two', 'three').waitFor({ state: 'attached' });
    await designer.save('Saved as version 2');
  },
  { complaints: refused },
);
