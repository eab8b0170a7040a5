import type { Interactions } from '../data/interactions.ts';
import type { ItemFacts } from '../data/itemFacts.ts';
import type { ItemMixture } from '../data/itemMixture.ts';
import type { FitContext } from './fitting.ts';
import type { Tensor, Tensors } from './tensors.ts';

/**
 * Describes one part of the recommender, a model that is served, fitted, or both: everything that must be known of it
 * outside of its folder. `features/registry.ts` lists all parts.
 *
 * `Held` are the fields of the recommender that belong to the part, such as `{ ease: SparseItemMatrix | null }`; a field
 * is null where the model was left out.
 */
export interface ModelPart<Held extends object> {
  readonly name: string;
  /** The held fields as named arrays, shared, not copied; none for a model that was left out. */
  toTensors(model: Held & { readonly numItems: number }): Record<string, Tensor>;
  /**
   * The way back. Tensors of other names are passed over.
   * @throws RangeError naming the tensor that is missing or has not the shape or type that the others imply.
   */
  fromTensors(tensors: Tensors, numItems: number): Held;
  /** The held fields with one further item per mixture; `numItems` counts these too. */
  withNewItems(model: Held, mixtures: readonly ItemMixture[], numItems: number): Held;
  /** Counts the held fields within seconds, in the process that assembles the recommender; a slow fit goes into `fit`. */
  count?(interactions: Interactions, facts: ItemFacts): Held;
  /** Learns the model from options that a recipe gives; in a process of its own, since it may take long. */
  fit?(interactions: Interactions, options: never, context: FitContext, init?: never): unknown;
  /** Names the arrays that `fit` learnt, shared, not copied: for another process, or to be kept. */
  fittedToTensors?(fitted: never): Record<string, Tensor>;
  /**
   * The way back, to the last bit. Tensors of other names are passed over.
   * @throws RangeError naming the tensor that is missing or has not the shape or type that the others imply.
   */
  fittedFromTensors?(tensors: Tensors): unknown;
  /** Counts the passes of `fit` through the interactions, as far as it reports them. */
  epochs?(options: never): number;
  /** Fits that wait for a core start by falling priority: a model that another starts from, then those that take longest. */
  readonly priority?: number;
  /** True where `fit` heeds `FitContext.heldOut`, and reports what it measures by `EpochProgress.ndcgAt10`. */
  readonly stopsEarly?: boolean;
  /** Threads that `fit` has work for, with the same bytes on any number of them; 1 where left out. */
  readonly maxThreads?: number;
  /** True where the others do without the part: where its fit fails there is none, and the log says why. */
  readonly isDispensable?: boolean;
  /** The part whose model is handed to `fit` as `init`, where the recipe has it. */
  readonly startsFrom?: string;
  /** The part together with which an ablation takes this one out; by itself where left out. */
  readonly ablatedWith?: string;
  /** Scores that candidates can be retrieved and ranked by; `features/registry.ts` checks each against `Feature`. */
  readonly features: readonly object[];
}

/** For the fields of a part that is fitted but not served. */
export const NOT_SERVED = {
  toTensors: () => ({}),
  fromTensors: () => ({}),
  withNewItems: () => ({}),
} as const satisfies Omit<ModelPart<object>, 'name' | 'features'>;
