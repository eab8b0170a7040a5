import {
  fittedFromTensors,
  fittedToTensors,
  modelFromTensors,
  modelToTensors,
  type MatrixFactorization,
  type RecommenderModel,
  type ServedSettings,
  type Tensors,
} from '@pocketrocket/engine';

/** A model to be measured, with the start of its NeuralCF where that is measured too. */
export interface MeasuredModel {
  readonly model: RecommenderModel;
  readonly factorization: MatrixFactorization | null;
}

const NONE = new Float32Array(0);

/** All arrays of a model but those of users: its size does not depend on how many there are. */
export function toTensorsWithoutUsers({ model, factorization }: MeasuredModel): Tensors {
  const { neuralCF, implicitALS } = model;
  return {
    ...modelToTensors({
      ...model,
      // The vectors of users are solved for anew from their histories.
      implicitALS: implicitALS && { ...implicitALS, numUsers: 0, userVectors: NONE },
      neuralCF: neuralCF && {
        ...neuralCF,
        numUsers: 0,
        parameters: { ...neuralCF.parameters, userEmbeddings: NONE },
      },
    }),
    ...(factorization &&
      fittedToTensors('matrixFactorization', {
        ...factorization,
        numUsers: 0,
        userVectors: NONE,
        userBiases: NONE,
      })),
  };
}

/** The numbers of some users in a model, [users × {@link userWidth}]: NeuralCF's embedding, the factorization's vector and bias. */
export function userNumbersOf(measured: MeasuredModel, users: Int32Array): Float32Array {
  const width = userWidth(measured);
  const numbers = new Float32Array(users.length * width);
  users.forEach((userIndex, place) => {
    let at = place * width;
    for (const { data, width: part } of userTables(measured)) {
      numbers.set(data.subarray(userIndex * part, (userIndex + 1) * part), at);
      at += part;
    }
  });
  return numbers;
}

/** The numbers of each user. */
export function userWidth(measured: MeasuredModel): number {
  return userTables(measured).reduce((sum, { width }) => sum + width, 0);
}

/**
 * The model of {@link toTensorsWithoutUsers} with some users, numbered by their places.
 * @param userNumbers of {@link userNumbersOf}
 */
export function fromTensorsWithUsers(
  tensors: Tensors,
  settings: ServedSettings,
  numUsers: number,
  userNumbers: Float32Array,
): MeasuredModel {
  const model = modelFromTensors(tensors, settings);
  const isFactorized = Object.keys(tensors).some((name) => name.startsWith('matrixFactorization.'));
  const factorization = isFactorized ? fittedFromTensors('matrixFactorization', tensors) : null;
  const width = userWidth({ model, factorization });
  let from = 0;
  const columns = (count: number): Float32Array => {
    const taken = new Float32Array(numUsers * count);
    for (let user = 0; user < numUsers; user++) {
      const start = user * width + from;
      taken.set(userNumbers.subarray(start, start + count), user * count);
    }
    from += count;
    return taken;
  };
  const { neuralCF } = model;
  return {
    model: {
      ...model,
      neuralCF: neuralCF && {
        ...neuralCF,
        numUsers,
        parameters: { ...neuralCF.parameters, userEmbeddings: columns(2 * neuralCF.embeddingDim) },
      },
    },
    factorization: factorization && {
      ...factorization,
      numUsers,
      userVectors: columns(factorization.dim),
      userBiases: columns(1),
    },
  };
}

/** The arrays of a model by user, with the numbers that each has of one. */
function userTables({ model, factorization }: MeasuredModel): { data: Float32Array; width: number }[] {
  const { neuralCF } = model;
  return [
    ...(neuralCF ? [{ data: neuralCF.parameters.userEmbeddings, width: 2 * neuralCF.embeddingDim }] : []),
    ...(factorization
      ? [
          { data: factorization.userVectors, width: factorization.dim },
          { data: factorization.userBiases, width: 1 },
        ]
      : []),
  ];
}
