import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type MetaGraph,
  type SavedModel,
  type SignatureTensors,
  type TensorFlow,
} from '@pocketrocket/model/tensorflow';
import { AppError, messageOf } from '@pocketrocket/runtime';

/** Scores pairs of a user and a movie by a TensorFlow SavedModel, in this process. */
export interface SavedModelScorer {
  /**
   * The probabilities, [n], as the model says.
   * @param userIds [n]
   * @param movieIds [n]
   * @throws Error from TensorFlow, as for ids beyond its tables
   */
  probabilities(userIds: Int32Array, movieIds: Int32Array): Float32Array;
  close(): void;
}

const INPUTS = ['userId', 'movieId'] as const;
type Input = (typeof INPUTS)[number];
const OUTPUT = 'probability';

/** The form in which an input takes ids: rank 1 or 2, and the type of its numbers. */
interface InputForm {
  rank: 1 | 2;
  dtype: 'int32' | 'float32';
}

/**
 * Opens a SavedModel whose `serving_default` takes the external ids `userId` and `movieId`, [n] or [n, 1], int32, int64
 * or float32, and returns one probability per pair, as PocketRocket's own and those that Keras exports do.
 * @param folder holds `saved_model.pb`, or numbered versions of which the newest is taken
 * @throws AppError ARTIFACT_INVALID when there is none, or it takes or returns something else
 */
export async function openSavedModel(tf: TensorFlow, folder: string): Promise<SavedModelScorer> {
  const path = await savedModelFolder(folder);
  const invalid = (what: string, cause?: unknown): AppError =>
    new AppError('ARTIFACT_INVALID', `the SavedModel ${path} cannot be used: ${what}`, { cause });
  let graphs: readonly MetaGraph[];
  let model: SavedModel;
  try {
    graphs = await tf.node.getMetaGraphsFromSavedModel(path);
    model = await tf.node.loadSavedModel(path);
  } catch (error) {
    throw invalid(messageOf(error), error);
  }
  const signature = graphs.find(({ tags }) => tags.join() === 'serve')?.signatureDefs['serving_default'];
  if (!signature) throw invalid('it has no signature serving_default');
  const forms = inputFormsOf(signature.inputs);
  if (!forms) throw invalid(`its inputs are ${namesOf(signature.inputs)} instead of ${INPUTS.join(', ')}`);
  const outputs = Object.keys(signature.outputs);
  const output = outputs.length === 1 ? outputs[0] : outputs.find((name) => name === OUTPUT);
  if (output === undefined)
    throw invalid(`of its outputs ${namesOf(signature.outputs)} none is called ${OUTPUT}`);
  return { probabilities, close: () => model.dispose() };

  function probabilities(userIds: Int32Array, movieIds: Int32Array): Float32Array {
    const values = tf.tidy(() => {
      const predicted = model.predict({
        userId: asInput('userId', userIds),
        movieId: asInput('movieId', movieIds),
      });
      return predicted[output ?? '']?.dataSync();
    });
    if (values?.length !== movieIds.length)
      throw invalid(`it returned ${values?.length ?? 0} numbers for ${movieIds.length} pairs`);
    const answer = Float32Array.from(values);
    const improbable = answer.find((value) => !(value >= 0 && value <= 1));
    if (improbable !== undefined)
      throw invalid(`it returned ${improbable}, which is not a probability: it must end in a sigmoid`);
    return answer;
  }

  function asInput(name: Input, ids: Int32Array) {
    const { rank, dtype } = forms?.[name] ?? { rank: 1, dtype: 'int32' };
    const shape = rank === 1 ? [ids.length] : [ids.length, 1];
    return tf.tensor(dtype === 'int32' ? ids : Float32Array.from(ids), shape, dtype);
  }
}

/** The folder itself, or that of the greatest version number in it. @throws AppError ARTIFACT_INVALID where there is no SavedModel */
export async function savedModelFolder(folder: string): Promise<string> {
  if (await isThere(join(folder, 'saved_model.pb'))) return folder;
  const names = await readdir(folder).catch(() => []);
  const versions = names.filter((name) => /^\d+$/.test(name)).sort((a, b) => Number(b) - Number(a));
  for (const version of versions) {
    if (await isThere(join(folder, version, 'saved_model.pb'))) return join(folder, version);
  }
  throw new AppError(
    'ARTIFACT_INVALID',
    `there is no saved_model.pb in ${folder}, nor in a numbered folder in it: set SAVED_MODEL_DIR to where one is`,
  );
}

async function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

/** Null where the inputs are not the two ids. */
function inputFormsOf(inputs: SignatureTensors): Record<Input, InputForm> | null {
  const { userId, movieId, ...others } = inputs;
  if (!userId || !movieId || Object.keys(others).length > 0) return null;
  const [user, movie] = [formOf(userId), formOf(movieId)];
  return user && movie && { userId: user, movieId: movie };
}

function formOf({ dtype, shape }: SignatureTensors[string]): InputForm | null {
  const rank = shape.length;
  if ((rank !== 1 && rank !== 2) || (dtype !== 'int32' && dtype !== 'float32')) return null;
  return { rank, dtype };
}

function namesOf(tensors: SignatureTensors): string {
  return Object.entries(tensors)
    .map(([name, { dtype, shape }]) => `${name} (${dtype}, ${shape.length} dimensions)`)
    .join(', ');
}
