import type { Interactions } from '../data/interactions.ts';
import type { ItemFacts } from '../data/itemFacts.ts';
import { dislikesPart } from '../models/dislikes/part.ts';
import { easePart } from '../models/ease/part.ts';
import { implicitALSPart } from '../models/implicitALS/part.ts';
import { item2vecPart } from '../models/item2vec/part.ts';
import { itemMapPart } from '../models/itemMap/part.ts';
import { itemNeighboursPart } from '../models/itemNeighbours/part.ts';
import { matrixFactorizationPart } from '../models/matrixFactorization/part.ts';
import { neuralCFPart } from '../models/neuralCF/part.ts';
import { popularityPart } from '../models/popularity/part.ts';
import { risingPart } from '../models/rising/part.ts';
import { sequencePart } from '../models/sequence/part.ts';
import { coVisitationPart, transitionsPart } from '../models/transitions/part.ts';
import { trendPart } from '../models/trend/part.ts';
import type { Tensor, Tensors } from '../models/tensors.ts';
import type { Feature } from './feature.ts';

/**
 * THE list of models: a new one is a folder in `models/` and a line here. The recommender's fields, its features and
 * their order, its tensors, fits and ablations all derive from it.
 *
 * The order is that in which features are added up: to change it is to change results in the last bit.
 */
export const PARTS = [
  matrixFactorizationPart,
  item2vecPart,
  implicitALSPart,
  easePart,
  coVisitationPart,
  transitionsPart,
  trendPart,
  popularityPart,
  risingPart,
  sequencePart,
  neuralCFPart,
  itemNeighboursPart,
  dislikesPart,
  itemMapPart,
] as const;

type Part = (typeof PARTS)[number];
type Intersection<Union> = (Union extends unknown ? (one: Union) => void : never) extends (
  all: infer All,
) => void
  ? All
  : never;

/** The fields that the parts hold; a model that is null was left out for the data's size. */
export type HeldParts = Intersection<ReturnType<Part['fromTensors']>>;
export type PartName = Part['name'];

type Declared = Part['features'][number];

/** Names a feature that candidates are retrieved by. */
export type RetrievalFeature = Declared['name'];

/** {@link Feature} of the recommender, with the names that there are. */
export type ServedFeature = Feature<HeldParts> & {
  readonly name: RetrievalFeature;
  readonly part: keyof HeldParts;
};

/** The queries of the dense features, [dim], by their names; null where the recommender lacks the part. */
export type DenseQueries = {
  readonly [One in Extract<Declared, { kind: 'dense' }> as One['name']]: ReturnType<One['foldIn']>;
};
export type DenseName = keyof DenseQueries;

/** All features, in the order in which they are added up. */
export const FEATURES: readonly ServedFeature[] = PARTS.flatMap((part): readonly Declared[] => part.features);

/** The features by name. */
export const FEATURE: Readonly<Record<RetrievalFeature, ServedFeature>> = byName(FEATURES);

/**
 * Names of the features that candidates are retrieved by: each a score per item for one history.
 *
 * `Recent` and `Last` weigh the end of the history more than its beginning; see {@link RECENCY_TAU}.
 */
export const RETRIEVAL_FEATURES: readonly RetrievalFeature[] = FEATURES.map(({ name }) => name);

/** Names of all that candidates are ranked by. */
export const RANKING_FEATURES: readonly RankingFeature[] = [...RETRIEVAL_FEATURES, neuralCFPart.name];
export type RankingFeature = RetrievalFeature | typeof neuralCFPart.name;

/** Positions of a history over which an entry's weight falls to 1/e; where none is given all entries weigh alike. */
export const RECENCY_TAU: Readonly<Partial<Record<RetrievalFeature, number>>> = Object.fromEntries(
  FEATURES.flatMap(({ name, tau }) => (tau === undefined ? [] : [[name, tau]])),
);

/** The ranking features that an ablation takes out together, by the name of their part. */
export const ABLATIONS: Readonly<Record<string, readonly RankingFeature[]>> = ablations();

function ablations(): Record<string, RankingFeature[]> {
  const groups: Record<string, RankingFeature[]> = {};
  for (const part of PARTS) {
    const names: RankingFeature[] = part.features.map(({ name }: Declared) => name);
    if (part.name === neuralCFPart.name) names.push(part.name);
    if (names.length > 0)
      (groups['ablatedWith' in part ? part.ablatedWith : part.name] ??= []).push(...names);
  }
  return groups;
}

type FittedPart = Extract<Part, { fit: unknown }>;

/** Names a model that is fitted from options. */
export type FittedName = FittedPart['name'];
/** The options of each fit. */
export type FitOptions = { [One in FittedPart as One['name']]: Parameters<One['fit']>[1] };
/** The model that each fit learns. */
export type FitResults = { [One in FittedPart as One['name']]: ReturnType<One['fit']> };

/** {@link FittedPart} of one name. */
export type Fitted<Name extends FittedName> = Extract<FittedPart, { name: Name }>;

/** The parts that are fitted from options, by name, in the order of {@link PARTS}. */
export const FITTED_PARTS: { readonly [Name in FittedName]: Fitted<Name> } = byName(
  PARTS.filter((part): part is FittedPart => 'fit' in part),
) as { readonly [Name in FittedName]: Fitted<Name> };

/** Counts the passes of a fit through the interactions, as far as it reports them. */
export function epochsOfFit<Name extends FittedName>(name: Name, options: FitOptions[Name]): number {
  const { epochs }: { readonly epochs: (options: never) => number } = FITTED_PARTS[name];
  return epochs(options as never);
}

/** Names the arrays that a fit learnt, those of the model's part in an artifact where it has them; shared, not copied. */
export function fittedToTensors<Name extends FittedName>(
  name: Name,
  fitted: FitResults[Name],
): Record<string, Tensor> {
  const {
    fittedToTensors: toTensors,
  }: { readonly fittedToTensors: (fitted: never) => Record<string, Tensor> } = FITTED_PARTS[name];
  return toTensors(fitted as never);
}

/**
 * The way back from {@link fittedToTensors}, to the last bit.
 * @throws RangeError naming the tensor that is missing or has not the shape or type that the others imply.
 */
export function fittedFromTensors<Name extends FittedName>(name: Name, tensors: Tensors): FitResults[Name] {
  return FITTED_PARTS[name].fittedFromTensors(tensors) as FitResults[Name];
}

/** Names the arrays of a part that is counted, as in an artifact; shared, not copied. */
export function partToTensors<Name extends CountedName>(
  name: Name,
  numItems: number,
  held: Parameters<Extract<Part, { name: Name }>['toTensors']>[0] extends infer Held
    ? Omit<Held, 'numItems'>
    : never,
): Record<string, Tensor> {
  const { toTensors }: { readonly toTensors: (model: never) => Record<string, Tensor> } = PART[name];
  return toTensors({ ...held, numItems } as never);
}

/**
 * The way back from {@link partToTensors}, to the last bit.
 * @throws RangeError naming the tensor that is missing or has not the shape or type that the others imply.
 */
export function partFromTensors<Name extends CountedName>(
  name: Name,
  tensors: Tensors,
  numItems: number,
): Held[Name] {
  const { fromTensors }: { readonly fromTensors: (tensors: Tensors, numItems: number) => unknown } =
    PART[name];
  return fromTensors(tensors, numItems) as Held[Name];
}

/** The fields that each part holds. */
type Held = { readonly [One in Part as One['name']]: ReturnType<One['fromTensors']> };

/** Names a part that is counted, not fitted. */
export type CountedName = 'popularity' | 'dislikes' | 'trend' | 'rising' | 'neighbours';
const PART = byName(PARTS);

/** The fields of the parts that are counted, not fitted. */
export type CountedParts = Intersection<ReturnType<Extract<Part, { count: unknown }>['count']>>;

/** Counts what needs no fit of its own. */
export function countParts(interactions: Interactions, facts: ItemFacts): CountedParts {
  const counted = PARTS.map((part) => ('count' in part ? part.count(interactions, facts) : {}));
  return Object.assign({}, ...counted) as CountedParts;
}

function byName<Name extends string, Named extends { readonly name: Name }>(
  list: readonly Named[],
): Record<Name, Named> {
  return Object.fromEntries(list.map((one) => [one.name, one])) as Record<Name, Named>;
}
