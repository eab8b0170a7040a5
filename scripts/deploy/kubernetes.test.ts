import { cp, mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { readConfig, SETTING_NAMES } from '@pocketrocket/runtime';
import { databaseUrlProblems } from '@pocketrocket/schema/databaseUrl';
import {
  DOCKER,
  KUBERNETES,
  parseYaml,
  parseYamlDocuments,
  PINNED,
  readText,
  withoutLayout,
} from './files.ts';
import { itWithTool, runTool } from './tools.ts';

interface Variable {
  name: string;
  value?: string;
  valueFrom?: { secretKeyRef: { name: string; key: string } };
}
interface Container {
  name: string;
  image: string;
  command?: string[];
  restartPolicy?: string;
  env?: Variable[];
  startupProbe?: object;
  readinessProbe?: object;
  livenessProbe?: object;
  lifecycle?: { preStop: { exec: { command: [string, string] } } };
  resources: { requests: { memory: string }; limits: { cpu: string; memory: string } };
  securityContext: object;
  volumeMounts: { name: string; mountPath: string; readOnly?: boolean }[];
}
interface PodSpec {
  automountServiceAccountToken: boolean;
  terminationGracePeriodSeconds: number;
  securityContext: { runAsNonRoot: boolean; runAsUser: number };
  initContainers?: Container[];
  volumes?: { name: string; persistentVolumeClaim?: { claimName: string }; emptyDir?: object }[];
  containers: Container[];
}
interface Pod {
  metadata: { labels: Record<string, string> };
  spec: PodSpec;
}
interface Resource {
  kind: string;
  metadata: { name: string };
  data: Record<string, string>;
  stringData: Record<string, string>;
  spec: {
    template: Pod;
    jobTemplate: { spec: { template: Pod } };
    concurrencyPolicy: string;
    accessModes: string[];
    strategy: object;
    selector: { matchLabels: Record<string, string> } & Record<string, string>;
    scaleTargetRef: { kind: string; name: string };
    minReplicas: number;
    maxReplicas: number;
  };
}

/** Not part of the kustomization. */
const APART = ['kustomization.yaml', 'secret.example.yaml', 'import.example.yaml', 'ingress.example.yaml'];
/** Built on the manifests: TensorFlow Serving beside the servers, training on Spark, and everything on a cluster of one's own. */
const OVERLAYS = ['kubernetes-tf-serving', 'kubernetes-spark', 'kubernetes-local'];
const OWN_IMAGE = /^pocketrocket-/;

let files: string[];
let resources: Resource[];
let secret: Resource;
beforeAll(async () => {
  files = (await readdir(KUBERNETES)).filter((name) => name.endsWith('.yaml'));
  const own = files.filter((name) => !APART.includes(name)).map((name) => join(KUBERNETES, name));
  const ofTfServing = ['model-server.yaml', 'models-config.yaml', 'network.yaml'].map((name) =>
    join(DOCKER, 'kubernetes-tf-serving', name),
  );
  const texts = await Promise.all([...own, ...ofTfServing].map((path) => readFile(path, 'utf8')));
  resources = texts.flatMap((text) => parseYamlDocuments<Resource>(text));
  secret = parseYaml<Resource>(await readText('kubernetes', 'secret.example.yaml'));
});

const ofKind = (kind: string) => resources.filter((resource) => resource.kind === kind);
const named = (kind: string, name: string) => {
  const found = ofKind(kind).find(({ metadata }) => metadata.name === name);
  if (!found) throw new Error(`there is no ${kind} ${name}`);
  return found;
};
const pods = (): [string, Pod][] => [
  ...ofKind('Deployment').map(({ metadata, spec }): [string, Pod] => [metadata.name, spec.template]),
  ...ofKind('CronJob').map(({ metadata, spec }): [string, Pod] => [
    metadata.name,
    spec.jobTemplate.spec.template,
  ]),
];
const containers = () =>
  pods().flatMap(([pod, { spec }]) =>
    [...(spec.initContainers ?? []), ...spec.containers].map((container) => ({ pod, container })),
  );

describe('the Kubernetes manifests', () => {
  it('are all in the kustomization, but examples', async () => {
    const { resources: listed } = parseYaml<{ resources: string[] }>(
      await readText('kubernetes', 'kustomization.yaml'),
    );
    expect([...listed].sort()).toEqual(files.filter((name) => !APART.includes(name)).sort());
  });

  it('pin every image, and confine every container', () => {
    for (const [name, { spec }] of pods()) {
      expect([name, spec.automountServiceAccountToken]).toEqual([name, false]);
      expect(spec.securityContext).toMatchObject({
        runAsNonRoot: true,
        runAsUser: 1000,
        seccompProfile: { type: 'RuntimeDefault' },
      });
    }
    for (const { pod, container } of containers()) {
      expect([pod, container.image]).toEqual([pod, expect.stringMatching(PINNED)]);
      expect(container.securityContext).toEqual({
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ['ALL'] },
      });
      expect(container.resources).toEqual({
        requests: { cpu: expect.any(String), memory: expect.any(String) },
        limits: { cpu: expect.any(String), memory: expect.any(String) },
      });
    }
  });

  it('give only settings that exist, right ones, and secrets by reference', () => {
    for (const { pod, container } of containers()) {
      if (!OWN_IMAGE.test(container.image)) continue;
      const env = container.env ?? [];
      expect([pod, env.map(({ name }) => name).filter((name) => !SETTING_NAMES.includes(name))]).toEqual([
        pod,
        [],
      ]);
      for (const { name, value, valueFrom } of env) {
        if (name === 'JWT_SECRET_PREVIOUS') continue;
        const isSecret = ['DATABASE_URL', 'REDIS_URL', 'JWT_SECRET'].includes(name);
        expect([name, value === undefined]).toEqual([name, isSecret]);
        if (isSecret) {
          expect(valueFrom?.secretKeyRef.name).toBe(secret.metadata.name);
          expect(Object.keys(secret.stringData)).toContain(valueFrom?.secretKeyRef.key);
        }
      }
      const values = env.map(({ name, value }) => [name, value ?? secret.stringData[name] ?? '']);
      expect(() =>
        readConfig(Object.fromEntries(values) as Record<string, string>, databaseUrlProblems),
      ).not.toThrow();
    }
  });

  it('need no storage that several nodes mount, and bring models to servers through Redis', () => {
    const claims = ofKind('PersistentVolumeClaim');
    expect(claims.map(({ metadata: { name }, spec: { accessModes } }) => [name, accessModes])).toEqual([
      ['backups', ['ReadWriteOnce']],
      ['models', ['ReadWriteOnce']],
    ]);
    const mounting = pods().filter(([, { spec }]) =>
      spec.volumes?.some(({ persistentVolumeClaim }) => persistentVolumeClaim?.claimName === 'models'),
    );
    expect(mounting.map(([name]) => name)).toEqual(['trainer']);
  });

  it('ask for the memory that a server was measured to use, and serve while a release takes the place of another', () => {
    const { strategy, template } = named('Deployment', 'server').spec;
    expect(strategy).toEqual({
      type: 'RollingUpdate',
      rollingUpdate: { maxUnavailable: 0, maxSurge: 1 },
    });
    const [server] = template.spec.containers;
    expect(Number.parseInt(server?.resources.requests.memory ?? '', 10)).toBeGreaterThan(776);
  });

  it('import nothing by themselves, and take a refusal by the gate for no failure', () => {
    const commands = containers().map(({ container }) => (container.command ?? []).join(' '));
    expect(commands.filter((command) => command.includes('seeds/dist/cli.js'))).toEqual([]);
    expect(commands.filter((command) => command.includes('cli.js train'))).toEqual([
      expect.stringContaining('--accept-refusal'),
    ]);
  });

  it('deny what is not allowed', () => {
    expect(named('NetworkPolicy', 'default-deny').spec).toEqual({
      podSelector: {},
      policyTypes: ['Ingress', 'Egress'],
    });
  });

  it('let a server live on database and Redis alone, and drain it', () => {
    const { spec } = named('Deployment', 'server').spec.template;
    const [server] = spec.containers;
    expect(server?.volumeMounts.map(({ name }) => name)).toEqual(['home', 'tmp']);
    const { requestTimeoutMs, shutdownDelayMs } = readConfig({}, databaseUrlProblems);
    const preStop = Number(server?.lifecycle?.preStop.exec.command[1]);
    expect(spec.terminationGracePeriodSeconds * 1000).toBeGreaterThan(
      preStop * 1000 + shutdownDelayMs + 2 * requestTimeoutMs,
    );
  });

  it.each(['server', 'model-server'])('probe, scale and keep the %s', (name) => {
    const { template } = named('Deployment', name).spec;
    for (const { startupProbe, readinessProbe, livenessProbe } of template.spec.containers)
      expect([startupProbe, readinessProbe, livenessProbe].every((probe) => probe !== undefined)).toBe(true);
    expect(named('HorizontalPodAutoscaler', name).spec).toMatchObject({
      scaleTargetRef: { kind: 'Deployment', name },
      minReplicas: 2,
    });
    for (const { matchLabels } of [
      named('Deployment', name).spec.selector,
      named('PodDisruptionBudget', name).spec.selector,
    ])
      expect(template.metadata.labels).toMatchObject(matchLabels);
    expect(template.metadata.labels).toMatchObject(named('Service', name).spec.selector);
  });

  it('train one at a time, and have the model server load every version', async () => {
    expect(named('CronJob', 'trainer').spec.concurrencyPolicy).toBe('Forbid');
    const inCompose = await readText('tf-serving', 'models.config');
    expect(withoutLayout(named('ConfigMap', 'model-server').data['models.config'] ?? '')).toBe(
      withoutLayout(inCompose),
    );
  });

  it('bring models to TensorFlow Serving by a container beside it that takes them from Redis', () => {
    const {
      initContainers = [],
      containers: others,
      volumes,
    } = named('Deployment', 'model-server').spec.template.spec;
    const [exporter] = initContainers;
    expect(exporter).toMatchObject({
      restartPolicy: 'Always',
      command: ['node', 'trainer/dist/cli.js', 'export', '--out', '/models', '--follow'],
    });
    expect(volumes).toContainEqual({ name: 'models', emptyDir: expect.anything() });
    const mounts = [exporter, ...others].map((one) =>
      one?.volumeMounts.find(({ mountPath }) => mountPath === '/models'),
    );
    expect(mounts).toEqual([
      { name: 'models', mountPath: '/models' },
      { name: 'models', mountPath: '/models', readOnly: true },
    ]);
    expect(named('NetworkPolicy', 'model-server-to-redis').spec).toMatchObject({
      podSelector: { matchLabels: { 'app.kubernetes.io/name': 'model-server' } },
      egress: [{ ports: [{ port: 6379 }] }],
    });
  });

  itWithTool("are what Kubernetes' schemas ask for", 'kubernetes-validate', async (run) => {
    const given = [
      ...files.filter((name) => name !== 'kustomization.yaml'),
      ...['model-server', 'models-config', 'network'].map((name) => `../kubernetes-tf-serving/${name}.yaml`),
      ...['data-stores', 'network'].map((name) => `../kubernetes-local/${name}.yaml`),
      ...['storage', 'rights', 'network', 'executor'].map((name) => `../kubernetes-spark/${name}.yaml`),
    ];
    for (const version of ['1.31', '1.37']) {
      const { status, output } = await run(
        ['--kubernetes-version', version, '--strict', ...given],
        KUBERNETES,
      );
      expect([version, status, output]).toEqual([
        version,
        0,
        expect.stringContaining('deployment/server against'),
      ]);
    }
  });

  itWithTool('take the images from one place, in each overlay', 'kustomize', async (run) => {
    const folder = await mkdtemp(join(tmpdir(), 'manifests-'));
    await cp(DOCKER, folder, { recursive: true });
    for (const name of ['kubernetes', 'kubernetes-spark']) {
      const file = join(folder, name, 'kustomization.yaml');
      const own = (await readFile(file, 'utf8')).replaceAll(
        'newName: pocketrocket-',
        'newName: registry.example/',
      );
      await writeFile(file, own);
    }
    for (const name of ['kubernetes', ...OVERLAYS]) {
      const { output } = await run(['build', name], folder);
      const images = [...output.matchAll(/^\s*(?:- )?image: (.+)$/gm)].map(([, image]) => image);
      expect(images).toContain('registry.example/trainer:0.1.0');
      expect([name, images.filter((image) => image?.startsWith('pocketrocket-'))]).toEqual([name, []]);
    }
  });

  itWithTool('make the trainer the driver of a Spark application', 'kustomize', async (run) => {
    const { output } = await run(['build', 'kubernetes-spark'], DOCKER);
    const rendered = parseYamlDocuments<Resource>(output);
    const one = (kind: string, name: RegExp) =>
      rendered.find((found) => found.kind === kind && name.test(found.metadata.name));
    const { spec } = one('CronJob', /^trainer$/)?.spec.jobTemplate.spec.template ?? {};
    expect(spec).toMatchObject({ serviceAccountName: 'spark-driver', automountServiceAccountToken: true });
    const [driver] = spec?.containers ?? [];
    expect(driver?.env?.find(({ name }) => name === 'EXECUTOR_IMAGE')?.value).toBe(driver?.image);
    expect(driver?.env?.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['DATABASE_URL', 'MODEL_DIR']),
    );
    const template = one('ConfigMap', /^spark-executor-/);
    expect(spec?.volumes).toContainEqual({ name: 'executor', configMap: { name: template?.metadata.name } });
    const executor = parseYaml<Pod>(template?.data['executor.yaml'] ?? '');
    for (const volumes of [spec?.volumes, executor.spec.volumes])
      expect(volumes).toContainEqual({
        name: 'storage',
        persistentVolumeClaim: { claimName: one('PersistentVolumeClaim', /^spark/)?.metadata.name },
      });
    expect(one('RoleBinding', /./)).toMatchObject({
      subjects: [{ kind: 'ServiceAccount', name: 'spark-driver', namespace: 'pocketrocket' }],
    });
    expect(one('NetworkPolicy', /^spark-executor$/)?.spec).toMatchObject({
      podSelector: {
        matchLabels: { 'app.kubernetes.io/name': executor.metadata.labels['app.kubernetes.io/name'] },
      },
    });
  });

  itWithTool("are what Kubernetes' schemas ask for, rendered too", 'kustomize', async (run) => {
    const folder = await mkdtemp(join(tmpdir(), 'rendered-'));
    for (const name of OVERLAYS) {
      const { output } = await run(['build', name], DOCKER);
      await writeFile(join(folder, `${name}.yaml`), output);
    }
    const files = OVERLAYS.map((name) => `${name}.yaml`);
    expect(await runTool('kubernetes-validate', ['--strict', ...files], folder)).toMatchObject({ status: 0 });
  });

  itWithTool('are rendered by kustomize, each overlay whole', 'kustomize', async (run) => {
    for (const name of ['kubernetes', ...OVERLAYS]) {
      const { status, output } = await run(['build', name], DOCKER);
      expect([name, status]).toEqual([name, 0]);
      const rendered = parseYamlDocuments<Resource & { metadata: { namespace?: string } }>(output);
      const strays = rendered.filter(
        ({ kind, metadata: { namespace } }) => kind !== 'Namespace' && namespace !== 'pocketrocket',
      );
      expect([name, strays]).toEqual([name, []]);
      const modes = rendered.find(
        ({ kind, metadata }) => kind === 'PersistentVolumeClaim' && metadata.name === 'models',
      )?.spec.accessModes;
      expect([name, modes]).toEqual([name, ['ReadWriteOnce']]);
      const server = rendered.find(
        ({ kind, metadata }) => kind === 'Deployment' && metadata.name === 'server',
      );
      const ranker = server?.spec.template.spec.containers[0]?.env?.find((one) => one.name === 'RANKER');
      expect([name, ranker?.value]).toEqual([
        name,
        name === 'kubernetes-tf-serving' ? 'tf-serving' : undefined,
      ]);
    }
  });
});
