import { fittedFromTensors, historiesOf } from '@pocketrocket/engine';
import type { EpochProgress, Tensors } from '@pocketrocket/engine';
import { runTask } from '../../tasks/taskProcess.ts';
import { fitInputsToTensors } from '../../tasks/fitInputs.ts';
import type { FitData } from './fitData.ts';
import { inputsOf } from './fitter.ts';
import type { FitJob, FittedName, Fitter } from './fitter.ts';

/**
 * Fits in a process of its own, so that this one answers signals and several fits use several cores.
 * @throws AppError BAD_DATA when the engine finds nothing to learn from, the loss diverges or an option is out of range
 */
export const fitInChild: Fitter = async <Name extends FittedName>(
  { name, interactions, options, seed, ...handles }: FitJob<Name>,
  data: FitData,
  onEpoch: (progress: EpochProgress) => void,
  signal: AbortSignal,
  threads = 1,
) => {
  const all = data.interactions(interactions);
  const { numUsers, numItems } = all;
  const settings = { name, options, seed, threads, numUsers, numItems, numRows: all.itemIndices.length };
  const tensors = fitInputsToTensors(inputsOf(handles, data));
  const result = await runTask(
    { task: 'fit', settings, tensors, histories: historiesOf(all) },
    onEpoch,
    signal,
  );
  return fittedFromTensors(name, result.tensors as Tensors);
};
