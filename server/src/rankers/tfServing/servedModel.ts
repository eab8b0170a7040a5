import { AppError, messageOf } from '@pocketrocket/runtime';
import type { Signatures, TfServingClient, VersionStatus } from './tfServingClient.ts';

/** The form in which an input takes ids: a list or a column of them, as numbers or as text. */
export interface InputForm {
  rank: 1 | 2;
  isText: boolean;
}

/** A model that TensorFlow Serving has loaded, and how it is asked. */
export interface ServedModel {
  /** The version asked for: the server's own number. */
  version: number;
  /** Null for a model that PocketRocket exported: it also takes vectors of users. */
  foreign: ForeignForm | null;
}

/** The form in which a model that others made takes pairs of a user and a movie. */
export interface ForeignForm {
  userId: InputForm;
  movieId: InputForm;
  /** The output that holds probabilities, where there are several. */
  output: string | null;
}

/** The versions that may rank. `artifact`: the number of the model that serves, and any of a model that others made. */
export type WantedVersion = 'artifact' | 'any';

const BY_IDS = 'serving_default';
const BY_VECTOR = 'user_vector';

/** Finds the model to ask. @returns the reason, in words, where there is none */
export async function findServedModel(
  client: TfServingClient,
  artifactVersion: number,
  wanted: WantedVersion,
): Promise<ServedModel | string> {
  try {
    const status = await client.statusOf(artifactVersion);
    if (status?.state === 'AVAILABLE' && (await isOwn(client, artifactVersion)))
      return { version: artifactVersion, foreign: null };
    const latest = await client.latestVersion();
    const absent = `TensorFlow Serving does not serve version ${artifactVersion} (${described(status)})`;
    if (latest === null) return absent;
    if (!(await isOwn(client, latest))) return foreignModel(latest, await client.signaturesOf(latest));
    return wanted === 'any' ? { version: latest, foreign: null } : absent;
  } catch (error) {
    if (error instanceof AppError) return messageOf(error);
    throw error;
  }
}

/** True for a model that PocketRocket exported, and where the server does not tell. */
async function isOwn(client: TfServingClient, version: number): Promise<boolean> {
  const signatures = await client.signaturesOf(version);
  return signatures === null || BY_VECTOR in signatures;
}

function described(status: VersionStatus | null): string {
  return status ? [status.state, status.error].filter(Boolean).join(': ') : 'not there';
}

function foreignModel(version: number, signatures: Signatures | null): ServedModel | string {
  const signature = signatures?.[BY_IDS];
  if (!signature) return `version ${version} in TensorFlow Serving has no signature ${BY_IDS}`;
  const { userId, movieId, ...others } = signature.inputs;
  if (!userId || !movieId || Object.keys(others).length > 0)
    return `version ${version} in TensorFlow Serving takes ${Object.keys(signature.inputs).join(', ') || 'nothing'} instead of userId, movieId`;
  const outputs = Object.keys(signature.outputs);
  const output = outputs.length === 1 ? null : outputs.find((name) => name === 'probability');
  if (output === undefined)
    return `of the outputs ${outputs.join(', ')} of version ${version} in TensorFlow Serving none is called probability`;
  return { version, foreign: { userId: formOf(userId), movieId: formOf(movieId), output } };
}

function formOf({ dtype, rank }: { dtype: string; rank: number }): InputForm {
  return { rank: rank === 2 ? 2 : 1, isText: dtype === 'DT_STRING' };
}

/** Ids as an input takes them, in TensorFlow Serving's column format. */
export function asInput(ids: readonly number[], { rank, isText }: InputForm): unknown[] {
  const values = isText ? ids.map(String) : [...ids];
  return rank === 2 ? values.map((value) => [value]) : values;
}
