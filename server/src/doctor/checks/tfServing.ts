import { servingOrder } from '@pocketrocket/model/artifact';
import { RedisLink, RedisModelStore } from '@pocketrocket/model/redis';
import { createLogger, messageOf, type Config } from '@pocketrocket/runtime';
import { findServedModel, type ServedModel } from '../../rankers/tfServing/servedModel.ts';
import { TfServingClient } from '../../rankers/tfServing/tfServingClient.ts';
import { z } from 'zod';
import { about, type Finding } from '../finding.ts';

const { ok, warn, fail } = about('tf-serving');
const DEADLINE_MS = 3_000;

const statusSchema = z.object({
  model_version_status: z.array(
    z.object({
      version: z.string(),
      state: z.string(),
      status: z.object({ error_message: z.string().optional() }).optional(),
    }),
  ),
});

/** Checks that TensorFlow Serving answers, and has the version that serves. */
export async function lookAtTfServing(config: Config): Promise<Finding[]> {
  const { ranker, shadowRanker, tfServingUrl, modelName, modelDir } = config;
  if ((ranker !== 'tf-serving' && shadowRanker !== 'tf-serving') || tfServingUrl === null)
    return [ok(`not used: RANKER=${ranker}`)];
  const meanwhile = 'the server ranks by its own engine meanwhile';
  let answer: Response;
  let text: string;
  try {
    answer = await fetch(`${tfServingUrl}/v1/models/${encodeURIComponent(modelName)}`, {
      signal: AbortSignal.timeout(DEADLINE_MS),
    });
    text = await answer.text();
  } catch (error) {
    const cause = messageOf(causeOf(error) ?? error);
    return [
      fail(
        `${tfServingUrl} does not answer (${cause})`,
        `check that it runs and has a model to load: without one it does not listen; ${meanwhile}`,
      ),
    ];
  }
  if (answer.status === 404)
    return [
      fail(
        `it has no model named ${modelName}`,
        `name it so in its models.config, or set MODEL_NAME; ${meanwhile}`,
      ),
    ];
  const parsed = answer.ok ? statusSchema.safeParse(parseJson(text)).data : undefined;
  if (parsed === undefined)
    return [
      fail(
        `${tfServingUrl} answers with status ${answer.status}, not as TensorFlow Serving does`,
        'check TF_SERVING_URL: an origin, port 8501 unless changed',
      ),
    ];
  const states = parsed.model_version_status;
  const available = states.filter(({ state }) => state === 'AVAILABLE').map(({ version }) => version);
  const findings = [ok(`${modelName} is there, versions ${available.join(', ') || 'none'} available`)];
  const served = await versionThatServes(config);
  const ranks = served === undefined ? null : await rankingModel(config, tfServingUrl, served);
  if (ranks !== null && typeof ranks !== 'string') {
    const whose = ranks.foreign ? ', of a model that PocketRocket did not export,' : '';
    findings.push(ok(`version ${ranks.version}${whose} ranks`));
  } else if (served !== undefined && !available.includes(String(served))) {
    const found = states.find(({ version }) => version === String(served));
    const state = found
      ? `${found.state}${found.status?.error_message ? `: ${found.status.error_message}` : ''}`
      : 'not there';
    findings.push(
      warn(
        `the version that serves, ${served}, is ${state}`,
        `let it load all versions (docker/tf-serving/models.config) from ${modelDir}/recmodel; ${meanwhile}`,
      ),
    );
  } else if (ranks !== null)
    findings.push(warn(ranks, `serve a model that takes userId and movieId; ${meanwhile}`));
  return findings;
}

/** The number of the published version: in the model directory, else in Redis; undefined where there is none, or none is known. */
async function versionThatServes({ modelDir, modelName, redisUrl }: Config): Promise<number | undefined> {
  const [onDisk] = await servingOrder(modelDir).catch(() => []);
  if (onDisk !== undefined || redisUrl === null) return onDisk;
  const logger = createLogger({ level: 'silent', name: 'doctor', stream: process.stderr });
  const link = new RedisLink({ url: redisUrl, name: 'doctor', logger });
  try {
    if (!(await link.connected())) return undefined;
    const { pointer } = await new RedisModelStore(link, modelName).readPointer();
    return pointer?.version;
  } finally {
    link.close();
  }
}

/** The model that ranks, as the server finds it; else the reason why none does. */
async function rankingModel(
  { modelName, tfServingVersion }: Config,
  origin: string,
  served: number,
): Promise<ServedModel | string> {
  const logger = createLogger({ level: 'silent', name: 'doctor', stream: process.stderr });
  const client = new TfServingClient({ origin, modelName, deadlineMs: DEADLINE_MS, logger });
  try {
    return await findServedModel(client, served, tfServingVersion);
  } finally {
    await client.close();
  }
}

/** The cause of a failed `fetch`: its own message does not say. */
function causeOf(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'cause' in error ? error.cause : undefined;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
