import type { Interactions } from '../../data/interactions.ts';
import { invertPositiveDefinite } from '../../linearAlgebra/linearAlgebra.ts';
import { topK } from '../../search/topK.ts';
import { paddedRows } from '../../sparse/itemMatrix.ts';
import type { PaddedRows, SparseItemMatrix } from '../../sparse/itemMatrix.ts';
import type { SparseRows } from '../../sparse/rows.ts';
import { finishEpoch } from '../fitting.ts';
import type { FitContext } from '../fitting.ts';
import type { EASEOfPairs, EASEOptions } from './index.ts';
import { easeProblem, easeWidth, gramAdder, notFinite, servedWeights, totalLoss } from './problem.ts';
import type { EASEItems, EASEProblem } from './problem.ts';

/**
 * Learns weights B between items so that X ≈ X B with a zero diagonal: row i says what follows from having met item i,
 * and the score of j is Σ B[i, j] over the history.
 *
 * Source: Steck, "Embarrassingly Shallow Autoencoders for Sparse Data" (WWW 2019), eq. 8: with P = (XᵀX + λI)⁻¹,
 * B[i, j] = −P[i, j] / P[j, j]. The dual form takes P = (I − Xᵀ (X Xᵀ + λI)⁻¹ X) / λ (Woodbury's identity) row by row.
 * Reports one epoch, its loss being ‖X − X B‖² + λ‖B‖² per interaction before weights are cut off.
 * @throws FitError for options out of range, without interactions, or when the inverse is not finite.
 */
export function fitEASEReference(
  interactions: Interactions,
  options: EASEOptions,
  context: FitContext,
): SparseItemMatrix {
  const problem = easeProblem(interactions, options);
  return problem.form === 'primal'
    ? solvePrimal(problem, options, context)
    : solveDual(problem, options, context);
}

/** {@link fitEASEReference} in its primal form, of XᵀX that comes in parts. */
export function easeOfPairsReference(chosen: EASEItems, options: EASEOptions): EASEOfPairs {
  const n = chosen.itemOf.length;
  const gram = new Float64Array(n * n);
  return {
    add: gramAdder(chosen, gram, n),
    fit: (context) => solveGram(chosen, gram, options, context),
  };
}

function solvePrimal(problem: EASEProblem, options: EASEOptions, context: FitContext): SparseItemMatrix {
  const { users, items } = problem;
  const n = items.numRows;
  const gram = new Float64Array(n * n);
  for (let item = 0; item < n; item++) {
    addProduct(items, item, users, gram.subarray(item * n, (item + 1) * n));
  }
  return solveGram(problem, gram, options, context);
}

/** From P = (XᵀX + λI)⁻¹, in the memory of XᵀX. */
function solveGram(
  chosen: EASEItems,
  gram: Float64Array,
  options: EASEOptions,
  context: FitContext,
): SparseItemMatrix {
  const n = chosen.itemOf.length;
  for (let item = 0; item < n; item++) gram[item * n + item] += options.l2;
  if (!invertPositiveDefinite(gram, n)) throw notFinite(options.l2);
  const diagonal = Float64Array.from({ length: n }, (_, item) => gram[item * n + item]);
  const rows = paddedRows(n, easeWidth(chosen, options));
  for (let item = 0; item < n; item++) {
    keepStrongest(rows, item, gram.subarray(item * n, (item + 1) * n), diagonal);
  }
  return finished(chosen, rows, diagonal, options, context);
}

function finished(
  chosen: EASEItems,
  rows: PaddedRows,
  diagonal: Float64Array,
  options: EASEOptions,
  context: FitContext,
): SparseItemMatrix {
  const loss = totalLoss(diagonal, options.l2) / chosen.numInteractions;
  finishEpoch('ease', context, { epoch: 1, epochs: 1, loss });
  return servedWeights(chosen, rows, options);
}

/** From P = (I − Xᵀ K X) / λ, K = (X Xᵀ + λI)⁻¹, one row at a time. */
function solveDual(problem: EASEProblem, options: EASEOptions, context: FitContext): SparseItemMatrix {
  const { users, items } = problem;
  const { l2 } = options;
  const numUsers = users.numRows;
  const n = items.numRows;
  const kernel = new Float64Array(numUsers * numUsers);
  for (let user = 0; user < numUsers; user++) {
    addProduct(users, user, items, kernel.subarray(user * numUsers, (user + 1) * numUsers));
    kernel[user * numUsers + user] += l2;
  }
  if (!invertPositiveDefinite(kernel, numUsers)) throw notFinite(l2);

  // λP's column of item i, times K: the users who met i, each with its row of K.
  const projection = new Float64Array(numUsers);
  const project = (item: number): void => {
    projection.fill(0);
    for (let entry = items.offsets[item]; entry < items.offsets[item + 1]; entry++) {
      const from = items.columns[entry] * numUsers;
      const value = items.values[entry];
      for (let user = 0; user < numUsers; user++) projection[user] += value * kernel[from + user];
    }
  };
  const explained = (item: number): number => {
    let sum = 0;
    for (let entry = items.offsets[item]; entry < items.offsets[item + 1]; entry++) {
      sum += items.values[entry] * projection[items.columns[entry]];
    }
    return sum;
  };

  const diagonal = new Float64Array(n);
  for (let item = 0; item < n; item++) {
    project(item);
    diagonal[item] = (1 - explained(item)) / l2;
  }
  const row = new Float64Array(n);
  const rows = paddedRows(n, easeWidth(problem, options));
  for (let item = 0; item < n; item++) {
    project(item);
    for (let target = 0; target < n; target++) row[target] = -explained(target) / l2;
    keepStrongest(rows, item, row, diagonal);
  }
  return finished(problem, rows, diagonal, options, context);
}

/** out += row `row` of left · right. */
function addProduct(left: SparseRows, row: number, right: SparseRows, out: Float64Array): void {
  for (let entry = left.offsets[row]; entry < left.offsets[row + 1]; entry++) {
    const inner = left.columns[entry];
    const value = left.values[entry];
    for (let other = right.offsets[inner]; other < right.offsets[inner + 1]; other++) {
      out[right.columns[other]] += value * right.values[other];
    }
  }
}

/** Row `item` of B from the row of P, cut to the largest magnitudes. */
function keepStrongest(
  rows: PaddedRows,
  item: number,
  inverseRow: Float64Array,
  diagonal: Float64Array,
): void {
  const weights = Float32Array.from(inverseRow, (value, target) => -value / diagonal[target]);
  weights[item] = 0;
  const start = item * rows.width;
  const strongest = topK(Float32Array.of(1), weights.map(Math.abs), 1, rows.width);
  strongest.items.forEach((target, place) => {
    if (weights[target] === 0) return;
    rows.items[start + place] = target;
    rows.weights[start + place] = weights[target];
  });
}
