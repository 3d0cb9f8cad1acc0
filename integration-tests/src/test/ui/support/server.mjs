// What a story prepares and looks up beside the browser, by the HTTP interface.
import { setTimeout as pause } from 'node:timers/promises';

export const url = process.env.PORPOISE_URL ?? '';
export const user = process.env.PORPOISE_USER ?? 'admin';
export const password = process.env.PORPOISE_PASSWORD ?? '';

const LOOK_MILLIS = 100;
const WAIT_MILLIS = 60_000;

/** @typedef {{ token: string, cookie: { name: string, value: string } }} Session */

/** @type {Promise<Session> | undefined} */
let known;

/** One session for all stories of a file, except where the log-in itself is the story. @returns {Promise<Session>} */
export function session() {
  known ??= logIn();
  return known;
}

/** A busy server may ask to try again. @returns {Promise<Session>} */
async function logIn() {
  const end = Date.now() + WAIT_MILLIS;
  for (;;) {
    const answer = await fetch(`${url}/api/v1/login`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ user, password }),
    });
    if (answer.ok) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(answer.headers.get('set-cookie') ?? '') ?? [];
      return { token: (await answer.json()).token, cookie: { name, value } };
    }
    const problem = `no log-in: ${answer.status} ${await answer.text()}`;
    if (answer.status !== 503 || Date.now() > end) throw new Error(problem);
    await pause(LOOK_MILLIS);
  }
}

/**
 * @param {string} method
 * @param {string} path below /api/v1
 * @param {unknown} [body] a text is sent as YAML, everything else as JSON
 * @returns {Promise<any>}
 */
export async function call(method, path, body) {
  const { token } = await session();
  const isText = typeof body === 'string';
  const answer = await fetch(`${url}/api/v1${path}`, {
    method,
    headers: { Authorization: `Bearer ${token}`, 'Content-Type': isText ? 'application/yaml' : 'application/json' },
    body: body === undefined ? undefined : isText ? body : JSON.stringify(body),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
  return text === '' ? null : JSON.parse(text);
}

/** @param {string} name of a workflow or project, as part of a path */
export function segment(name) {
  return encodeURIComponent(name);
}

/** A project of the story's own; a name that was used in this server before gets a number. @param {string} name */
export async function newProject(name) {
  for (let number = 1; ; number++) {
    const tried = number === 1 ? name : `${name} ${number}`;
    try {
      await call('POST', '/projects', { name: tried });
      return tried;
    } catch (problem) {
      if (!String(problem).includes(' 409 ')) throw problem;
    }
  }
}

/**
 * Saves a workflow, online.
 * @param {string} project
 * @param {string} name
 * @param {Record<string, unknown>[]} tasks shell tasks unless they say something else
 * @param {Record<string, unknown>} [head]
 */
export async function putWorkflow(project, name, tasks, head = {}) {
  await call('PUT', `/projects/${segment(project)}/workflows/${segment(name)}`, {
    workflow: { name, project, ...head },
    tasks: tasks.map((task) => ({ task_type: 'Shell', ...task })),
  });
}

/** @param {string} project @param {string} workflow @param {unknown} [body] @returns {Promise<string>} its id */
export async function start(project, workflow, body = {}) {
  return (await call('POST', `/projects/${segment(project)}/workflows/${segment(workflow)}/instances`, body)).id;
}

/**
 * Waits until an answer is as wanted.
 * @param {string} path
 * @param {(answer: any) => boolean} isWanted
 */
export async function awaitAnswer(path, isWanted) {
  const end = Date.now() + WAIT_MILLIS;
  for (;;) {
    const answer = await call('GET', path);
    if (isWanted(answer)) return answer;
    if (Date.now() > end) throw new Error(`not as wanted after ${WAIT_MILLIS} ms: ${path}: ${JSON.stringify(answer)}`);
    await pause(LOOK_MILLIS);
  }
}

/** @param {string} id @param {...string} states */
export function awaitState(id, ...states) {
  return awaitAnswer(`/workflow-instances/${id}`, ({ state }) => states.includes(state));
}

/** @param {string} id of a workflow instance @param {string} name @returns {Promise<any>} the newest attempt */
export async function taskOf(id, name) {
  const { tasks } = await call('GET', `/workflow-instances/${id}`);
  return tasks.find((/** @type {any} */ task) => task.name === name);
}
