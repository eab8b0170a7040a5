import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { readConfig, SETTING_NAMES } from '@pocketrocket/runtime';
import { databaseUrlProblems } from '@pocketrocket/schema/databaseUrl';
import { DOCKER, parseYaml, PINNED, readText, withoutLayout } from './files.ts';
import { itWithTool } from './tools.ts';

interface Service {
  image: string;
  user: string;
  read_only: boolean;
  cap_drop: string[];
  security_opt: string[];
  mem_limit: string;
  cpus: number;
  restart: string;
  healthcheck: { test?: string[]; disable?: boolean };
  environment?: Record<string, string>;
  depends_on?: Record<string, { condition: string }>;
  volumes?: (string | { source: string; read_only?: boolean })[];
  networks?: string[];
  network_mode?: string;
  ports?: string[];
  command?: string[];
}

/** Variables that must be set, `${NAME:?…}`. */
const REQUIRED = /\$\{([A-Z_]+):\?[^}]*\}/g;
const OWN = ['model-volume', 'seed', 'trainer', 'server'];
const ONE_SHOT = ['model-volume', 'seed', 'trainer'];

let text: string;
let services: Record<string, Service>;
beforeAll(async () => {
  text = await readText('compose.yaml');
  ({ services } = parseYaml<{ services: Record<string, Service> }>(text));
});

/** As Compose fills it in where what is required is set. */
const interpolate = (value: string) =>
  value.replace(REQUIRED, 'k3Zq9XwL2rT8bVn5sYd7fHg1').replace(/\$\{[A-Z_]+:-([^}]*)\}/g, '$1');
const entries = () => Object.entries(services);

describe('compose.yaml', () => {
  it('has the whole stack', () => {
    expect(Object.keys(services).sort()).toEqual([...OWN, 'mysql', 'redis', 'tf-serving'].sort());
  });

  it('pins every image, and confines every service', () => {
    for (const [name, service] of entries()) {
      const { image, user, read_only, cap_drop, security_opt } = service;
      expect([name, image]).toEqual([name, expect.stringMatching(PINNED)]);
      expect([name, user]).toEqual([name, expect.stringMatching(/^[1-9]\d*:[1-9]\d*$/)]);
      expect([name, read_only, cap_drop, security_opt]).toEqual([
        name,
        true,
        ['ALL'],
        ['no-new-privileges:true'],
      ]);
      expect([name, service.mem_limit, service.cpus]).toEqual([
        name,
        expect.stringMatching(/^\d+[mg]$/),
        expect.any(Number),
      ]);
    }
  });

  it('asks every service whether it is well, but those that end', () => {
    for (const [name, { healthcheck, restart }] of entries()) {
      const isOneShot = ONE_SHOT.includes(name);
      expect([name, restart]).toEqual([name, isOneShot ? 'no' : 'unless-stopped']);
      if (isOneShot) expect(healthcheck).toEqual({ disable: true });
      else expect([name, healthcheck.test?.[0]]).toEqual([name, expect.stringMatching(/^CMD/)]);
    }
  });

  it('gives only settings that exist, and right ones', () => {
    for (const name of OWN) {
      const environment = services[name]?.environment ?? {};
      expect([name, Object.keys(environment).filter((key) => !SETTING_NAMES.includes(key))]).toEqual([
        name,
        [],
      ]);
      const filled = Object.entries(environment).map(([key, value]) => [key, interpolate(value)]);
      expect(() =>
        readConfig(Object.fromEntries(filled) as Record<string, string>, databaseUrlProblems),
      ).not.toThrow();
    }
    const { ranker, tfServingUrl, modelName } = readConfig(
      Object.fromEntries(
        Object.entries(services['server']?.environment ?? {}).map(([key, value]) => [
          key,
          interpolate(value),
        ]),
      ),
      databaseUrlProblems,
    );
    expect({ ranker, tfServingUrl, modelName }).toEqual({
      ranker: 'tf-serving',
      tfServingUrl: 'http://tf-serving:8501',
      modelName: 'recmodel',
    });
  });

  it('takes every secret from the environment', async () => {
    const required = new Set([...text.matchAll(REQUIRED)].map(([, name]) => name));
    const example = [...(await readText('.env.example')).matchAll(/^([A-Z_]+)=(.*)$/gm)];
    expect(example.map(([, name]) => name).sort()).toEqual([...required].sort());
    expect(example.map(([, , value]) => value)).toEqual(example.map(() => ''));
    for (const [name, { environment = {} }] of entries()) {
      for (const [key, value] of Object.entries(environment)) {
        const isSecret =
          /PASSWORD$|SECRET$|^(DATABASE|REDIS)_URL$/.test(key) && key !== 'MYSQL_RANDOM_ROOT_PASSWORD';
        if (isSecret) expect([name, key, value]).toEqual([name, key, expect.stringMatching(REQUIRED)]);
      }
    }
  });

  it('starts in an order in which nobody waits for a model', () => {
    for (const { depends_on = {} } of Object.values(services)) {
      for (const [other, { condition }] of Object.entries(depends_on)) {
        const isOneShot = ONE_SHOT.includes(other);
        expect(condition).toBe(isOneShot ? 'service_completed_successfully' : 'service_healthy');
        expect(Object.keys(services)).toContain(other);
      }
    }
    const server = Object.keys(services['server']?.depends_on ?? {});
    expect(server.sort()).toEqual(['model-volume', 'mysql', 'redis']);
    expect(Object.keys(services['trainer']?.depends_on ?? {}).sort()).toEqual([
      'model-volume',
      'redis',
      'seed',
    ]);
    expect(services['trainer']?.command).toContain('--if-missing');
    expect(services['seed']?.command).toContain('--if-empty');
  });

  it('shows the portal alone to the outside', () => {
    const { networks } = parseYaml<{ networks: Record<string, { internal?: boolean }> }>(text);
    expect(networks['backend']).toEqual({ internal: true });
    const open = entries().filter(([, { ports }]) => ports !== undefined);
    expect(open.map(([name]) => name)).toEqual(['server']);
    expect(interpolate(open[0]?.[1].ports?.join() ?? '')).toBe('127.0.0.1:4000:4000');
    for (const [name, { networks = [], network_mode }] of entries()) {
      const where = ['server', 'seed'].includes(name) ? ['backend', 'edge'] : ['backend'];
      if (name === 'model-volume') expect(network_mode).toBe('none');
      else expect([name, networks]).toEqual([name, where]);
    }
  });

  it('has TensorFlow Serving load every version of the model that the server asks for', async () => {
    const config = withoutLayout(await readText('tf-serving', 'models.config'));
    const { MODEL_NAME, MODEL_DIR } = services['server']?.environment ?? {};
    expect(config).toContain(`name: "${MODEL_NAME}" base_path: "${MODEL_DIR}/recmodel"`);
    expect(config).toContain('model_version_policy { all {} }');
    const writers = entries().filter(([, { volumes = [] }]) =>
      volumes.some((volume) => typeof volume === 'string' && volume === 'models:/models'),
    );
    expect(writers.map(([name]) => name)).toEqual(['model-volume', 'trainer']);
  });

  itWithTool(
    'is what the compose specification asks for, and refuses to start without secrets',
    'compose-spec',
    async (run) => {
      const folder = await mkdtemp(join(DOCKER, '.compose-'));
      try {
        const missing = await run(['compose.yaml'], DOCKER);
        expect(missing.status).not.toBe(0);
        const named = [...missing.output.matchAll(/required variable (\w+) is missing/g)].map(
          ([, name]) => name,
        );
        expect([...new Set(named)].sort()).toEqual(['JWT_SECRET', 'MYSQL_PASSWORD', 'REDIS_PASSWORD']);

        const file = join(folder, 'compose.yaml');
        await writeFile(file, text.replace(REQUIRED, 'abc'));
        expect(await run(['-format', 'json', file], DOCKER)).toMatchObject({ status: 0 });
        await writeFile(file, text.replace(REQUIRED, 'abc').replace('stop_grace_period', 'stop_graceful'));
        expect(await run([file], DOCKER)).toMatchObject({ output: expect.stringContaining('stop_graceful') });
      } finally {
        await rm(folder, { recursive: true });
      }
    },
  );
});
