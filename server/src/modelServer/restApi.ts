import { messageOf } from '@pocketrocket/runtime';
import {
  NEXT_ITEM,
  SIGNATURES,
  type SignatureDef,
  type SignatureName,
  type TensorInfo,
} from '@pocketrocket/model/savedModel';
import type { ModelVersions } from './modelVersions.ts';
import { echo } from './echo.ts';
import { parsePredictRequest } from './predictRequest.ts';
import { predictResponse } from './predictResponse.ts';
import type { Servable } from './servable.ts';
import { protoTypeName } from './tensors.ts';
import { HTTP_STATUS, invalidArgument, TfError } from './tfError.ts';
import { unescaped } from '../http/requestPath.ts';

export interface RestRequest {
  method: string;
  /** Without the query. */
  path: string;
  body: string;
}

export interface RestAnswer {
  status: number;
  body: string;
  /** The outcome as TensorFlow Serving counts it where a model was asked to predict; null for anything else. */
  counted: string | null;
}

/** Source of both: tensorflow/serving's model_servers/http_rest_api_util.cc. */
const VERSION_OR_LABEL = '(?:(?:/versions/(\\d+))|(?:/labels/([^/:]+)))?';
const PREDICTION = new RegExp(`^/v1/models/([^/:]+)${VERSION_OR_LABEL}:(classify|regress|predict)$`, 'i');
const MODEL_STATUS = new RegExp(`^/v1/models(?:/([^/:]+))?${VERSION_OR_LABEL}(?:/(metadata))?$`, 'i');
const MAX_VERSION = 2n ** 63n - 1n;
const MAX_DIGITS = 40;

/** Answers one request as TensorFlow Serving's REST API does: https://www.tensorflow.org/tfx/serving/api_rest. */
export async function answerRest(
  modelName: string,
  versions: ModelVersions,
  request: RestRequest,
): Promise<RestAnswer> {
  const isPrediction = request.method === 'POST' && PREDICTION.test(request.path);
  try {
    const body = await answer(modelName, versions, request);
    return { status: 200, body, counted: isPrediction ? 'OK' : null };
  } catch (error) {
    const { code, message } = error instanceof TfError ? error : new TfError('INTERNAL', messageOf(error));
    return {
      status: HTTP_STATUS[code],
      body: JSON.stringify({ error: message }, null, 4),
      counted: isPrediction ? code : null,
    };
  }
}

async function answer(
  modelName: string,
  versions: ModelVersions,
  { method, path, body }: RestRequest,
): Promise<string> {
  const malformed = invalidArgument(`Malformed request: ${method} ${echo(path)}`);
  if (method === 'POST') {
    const [, name = '', version, label, verb = ''] = PREDICTION.exec(path) ?? [];
    if (name === '') throw malformed;
    const target = targetOf(name, version, label);
    return predict(modelName, versions, target, verb.toLowerCase(), body);
  }
  if (method === 'GET') {
    const found = MODEL_STATUS.exec(path);
    if (!found) throw malformed;
    const [, name = '', version, label, metadata] = found;
    if (name === '') throw invalidArgument('Missing model name in request.');
    const target = targetOf(name, version, label);
    return metadata === undefined
      ? status(modelName, versions, target)
      : metadataOf(modelName, versions, target);
  }
  throw malformed;
}

/** The model and version that a path names; the version null for the highest one, or all. */
interface Target {
  name: string;
  version: bigint | null;
}

function targetOf(encodedName: string, version: string | undefined, label: string | undefined): Target {
  const name = decoded(encodedName);
  // Labels come from a configuration file that this server does not have.
  if (label !== undefined)
    throw invalidArgument(`Unrecognized servable version label: ${echo(decoded(label))}`);
  if (version === undefined) return { name, version: null };
  // Long numbers take long to read.
  const number = version.length <= MAX_DIGITS ? BigInt(version) : MAX_VERSION + 1n;
  if (number > MAX_VERSION) throw invalidArgument(`Failed to convert version: ${echo(version)} to numeric.`);
  return { name, version: number };
}

const decoded = (text: string): string => unescaped(text) ?? text;

function servableOf(
  modelName: string,
  versions: ModelVersions,
  { name, version }: Target,
): { version: number; servable: Servable } {
  const found = name === modelName ? versions.servable(version === null ? null : Number(version)) : null;
  if (found) return found;
  const wanted = version === null ? `Latest(${echo(name)})` : `Specific(${echo(name)}, ${version})`;
  throw new TfError('NOT_FOUND', `Servable not found for request: ${wanted}`);
}

async function predict(
  modelName: string,
  versions: ModelVersions,
  target: Target,
  verb: string,
  body: string,
): Promise<string> {
  const request = parsePredictRequest(body);
  const { servable } = servableOf(modelName, versions, target);
  const name = request.signatureName || 'serving_default';
  const signature = isSignature(name) ? servable.signatures[name] : undefined;
  if (!isSignature(name) || !signature)
    throw invalidArgument(`Serving signature name: "${echo(name)}" not found in signature def`);
  if (verb !== 'predict') {
    const kind = verb === 'classify' ? 'classification' : 'regression';
    throw invalidArgument(
      `Expected ${kind} signature method_name to be tensorflow/serving/${verb}. Was: ${signature.methodName}`,
    );
  }
  return predictResponse(request.format, await servable.run(name, request.inputsOf(signature)));
}

function isSignature(name: string): name is SignatureName {
  return name === NEXT_ITEM || SIGNATURES.some((one) => one === name);
}

function status(modelName: string, versions: ModelVersions, { name, version }: Target): string {
  const all = name === modelName ? versions.statuses() : [];
  const asked = version === null ? all : all.filter((one) => BigInt(one.version) === version);
  if (asked.length === 0)
    throw new TfError(
      'NOT_FOUND',
      version === null
        ? `Could not find any versions of model ${echo(name)}`
        : `Could not find version ${version} of model ${echo(name)}`,
    );
  return pretty({
    model_version_status: asked.map(({ version: one, state, problem }) => ({
      version: String(one),
      state,
      status: { error_code: problem === null ? 'OK' : 'UNKNOWN', error_message: problem ?? '' },
    })),
  });
}

function metadataOf(modelName: string, versions: ModelVersions, target: Target): string {
  const { version, servable } = servableOf(modelName, versions, target);
  const signatures = Object.entries(servable.signatures);
  return pretty({
    model_spec: { name: target.name, signature_name: '', version: String(version) },
    metadata: {
      signature_def: {
        signature_def: Object.fromEntries(signatures.map(([name, one]) => [name, renderSignature(one)])),
      },
    },
  });
}

function renderSignature({ inputs, outputs, methodName }: SignatureDef): unknown {
  return {
    inputs: renderTensors(inputs),
    outputs: renderTensors(outputs),
    method_name: methodName,
    defaults: {},
  };
}

function renderTensors(infos: Readonly<Record<string, TensorInfo>>): unknown {
  return Object.fromEntries(
    Object.entries(infos).map(([name, { name: node, dtype, tensorShape }]) => [
      name,
      {
        dtype: protoTypeName(dtype),
        tensor_shape: {
          dim: tensorShape.dim.map(({ size }) => ({ size: String(size), name: '' })),
          unknown_rank: false,
        },
        name: node,
      },
    ]),
  );
}

/** As protobuf writes JSON: indented by one. */
function pretty(value: unknown): string {
  return `${JSON.stringify(value, null, 1)}\n`;
}
