import { spawn, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, openSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

/** The parts of a pod that are read here. */
export interface PodSpec {
  kind: string;
  metadata: { name: string; labels?: Record<string, string>; ownerReferences?: { name: string }[] };
  spec: {
    containers: {
      image?: string;
      command?: string[];
      args?: string[];
      workingDir?: string;
      env?: { name: string; value?: string; valueFrom?: { fieldRef?: { fieldPath: string } } }[];
      resources?: { requests?: Record<string, string>; limits?: Record<string, string> };
      securityContext?: object;
      volumeMounts?: { name: string; mountPath: string }[];
    }[];
    securityContext?: object;
    automountServiceAccountToken?: boolean;
  };
}

interface Pod {
  spec: PodSpec;
  uid: string;
  process: ChildProcess | null;
}

/** A request for a right, as a Role names it. */
export type Right = `${string} ${string}`;

export interface PodsAsProcesses {
  url: string;
  /** Pods as they were asked for. */
  made: PodSpec[];
  /** All that was asked for, such as `create pods`. */
  rights: Set<Right>;
  close(): Promise<void>;
}

const HOST = '127.0.0.1';
const VERBS: Readonly<Record<string, string>> = { POST: 'create', PATCH: 'patch', PUT: 'update' };

/**
 * As much of Kubernetes' API as Spark's driver asks for, which runs a pod as a process of this machine: the command of the image with the
 * pod's arguments and variables.
 * @param entrypoint of the image
 * @param env that the image sets
 */
export async function startPodsAsProcesses(
  folder: string,
  driver: string,
  entrypoint: string,
  env: Readonly<Record<string, string>>,
): Promise<PodsAsProcesses> {
  const pods = new Map<string, Pod>();
  const made: PodSpec[] = [];
  const rights = new Set<Right>();
  const driverSpec = { kind: 'Pod', metadata: { name: driver }, spec: { containers: [] } };
  pods.set(driver, { spec: driverSpec, uid: randomUUID(), process: null });

  const stop = (name: string): void => {
    pods.get(name)?.process?.kill('SIGKILL');
    pods.delete(name);
  };
  const start = (spec: PodSpec): Pod => {
    const { name } = spec.metadata;
    const [container] = spec.spec.containers;
    const workingDir = join(folder, name);
    mkdirSync(workingDir, { recursive: true });
    const log = openSync(join(workingDir, 'log'), 'w');
    const variables = (container?.env ?? []).map(({ name: variable, value, valueFrom }) => {
      const field = valueFrom?.fieldRef?.fieldPath;
      const known: Record<string, string> = { 'status.podIP': HOST, 'metadata.name': name };
      return [variable, field === undefined ? (value ?? '') : (known[field] ?? '')];
    });
    const process = spawn(entrypoint, container?.args ?? [], {
      cwd: workingDir,
      env: { ...env, ...Object.fromEntries(variables), SPARK_LOCAL_DIRS: workingDir },
      stdio: ['ignore', log, log],
    });
    return { spec, uid: randomUUID(), process };
  };

  const server = createServer((request, response) => void answer(request, response));
  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? '', `http://${HOST}`);
    const [, resource = '', name] = /\/namespaces\/[^/]+\/([^/]+)(?:\/([^/]+))?/.exec(pathname) ?? [];
    const isWatch = searchParams.get('watch') === 'true';
    rights.add(`${verbOf(request.method ?? '', name !== undefined, isWatch)} ${resource}`);
    const body = await textOf(request);
    const say = (status: number, content: object): void => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(content));
    };
    if (resource !== 'pods') return say(404, { kind: 'Status', status: 'Failure', code: 404 });
    if (isWatch) {
      // Nothing is told: the driver also asks from time to time.
      response.writeHead(200, { 'content-type': 'application/json' }).flushHeaders();
      return;
    }
    if (request.method === 'POST') {
      const spec = JSON.parse(body) as PodSpec;
      made.push(spec);
      const pod = start(spec);
      pods.set(spec.metadata.name, pod);
      return say(201, toJson(pod));
    }
    const found = name === undefined ? selected(pods, searchParams.get('labelSelector')) : [name];
    if (request.method === 'DELETE') {
      found.forEach(stop);
      return say(200, { kind: 'Status', status: 'Success' });
    }
    if (name === undefined) {
      const items = found.flatMap((one) => pods.get(one) ?? []).map(toJson);
      return say(200, { kind: 'PodList', apiVersion: 'v1', metadata: { resourceVersion: '1' }, items });
    }
    const pod = pods.get(name);
    return pod ? say(200, toJson(pod)) : say(404, { kind: 'Status', status: 'Failure', code: 404 });
  }
  server.listen(0, HOST);
  await once(server, 'listening');
  return {
    url: `http://${HOST}:${(server.address() as AddressInfo).port}`,
    made,
    rights,
    async close() {
      [...pods.keys()].forEach(stop);
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function verbOf(method: string, isNamed: boolean, isWatch: boolean): string {
  if (method === 'GET') return isWatch ? 'watch' : isNamed ? 'get' : 'list';
  if (method === 'DELETE') return isNamed ? 'delete' : 'deletecollection';
  return VERBS[method] ?? method;
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

/** Names of the pods with the labels of a selector, `a=b,c in (d, e)`: of the latter any value does. */
function selected(pods: ReadonlyMap<string, Pod>, selector: string | null): string[] {
  const wanted = [...(selector ?? '').matchAll(/(?:^|,)([\w./-]+)=([\w./-]+)/g)];
  return [...pods.entries()]
    .filter(([, { spec }]) =>
      wanted.every(([, label = '', value]) => spec.metadata.labels?.[label] === value),
    )
    .map(([name]) => name);
}

function toJson({ spec, uid, process }: Pod): object {
  const isRunning = process === null || (process.exitCode === null && process.signalCode === null);
  const phase = isRunning ? 'Running' : process.exitCode === 0 ? 'Succeeded' : 'Failed';
  return {
    apiVersion: 'v1',
    ...spec,
    metadata: { ...spec.metadata, uid, namespace: 'pocketrocket', resourceVersion: '1' },
    status: {
      phase,
      podIP: HOST,
      conditions: [{ type: 'Ready', status: 'True' }],
      containerStatuses: [],
    },
  };
}
