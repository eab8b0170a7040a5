import type { Interactions } from '../../data/interactions.ts';
import { gramian } from '../../linearAlgebra/linearAlgebra.ts';
import { transposed, userRows } from '../../sparse/rows.ts';
import type { FitContext } from '../fitting.ts';
import type { ImplicitALS, ImplicitALSOptions } from './index.ts';
import { finishHalfSteps, initialImplicitALS } from './training.ts';
import { VectorSolver } from './vectorSolver.ts';

/**
 * Factorises implicit feedback by alternating least squares: observed pairs are pulled to 1, all pairs to 0.
 *
 * Minimises Σ_observed w (p·q − 1)² + α₀ Σ_all (p·q)² + λ Σ (count + α₀ · others)^ν ‖vector‖², each half-step exactly.
 * Source: Rendle, Krichene, Zhang & Koren, "Revisiting the Performance of iALS on Item Recommendation Benchmarks"
 * (RecSys 2022), eq. 1–6; first Hu, Koren & Volinsky 2008. The loss reported is this sum per interaction.
 * @throws FitError for options out of range, without interactions, or when the loss is not finite.
 */
export function fitImplicitALSReference(
  interactions: Interactions,
  options: ImplicitALSOptions,
  context: FitContext,
): ImplicitALS {
  const model = initialImplicitALS(interactions, options, context);
  const { numUsers, dim, userVectors, itemVectors } = model;
  const users = userRows(interactions, options.weights);
  const items = transposed(users);
  const solver = new VectorSolver(model);
  const { iterations } = options;
  for (let epoch = 1; epoch <= iterations; epoch++) {
    const itemMisfit = solver.solveAll(items, userVectors, gramian(userVectors, dim), itemVectors);
    const misfit = solver.solveAll(users, itemVectors, gramian(itemVectors, dim), userVectors);
    const loss = (misfit + solver.penalty(items, numUsers, itemVectors)) / users.columns.length;
    finishHalfSteps(context, { epoch, epochs: iterations, loss }, itemMisfit);
  }
  model.gramian.set(gramian(itemVectors, dim));
  return model;
}
