/** Units of cost that one client may use: so many at once, and so many a second in the long run. */
export interface BucketRules {
  burst: number;
  perSecond: number;
}

/** A charge to a client's bucket. */
export interface Charge {
  /** Names the client, such as `key:1f…`, `account:7` or `address:192.0.2.1`. */
  key: string;
  units: number;
  rules: BucketRules;
  /** Work that is done already: taken where the bucket lacks the units too, which then owes them, {@link MAX_DEBT} of its burst at most. */
  isDone?: boolean;
}

/** A bucket after a charge. */
export interface Balance {
  /** False where the bucket lacked the units. */
  isAllowed: boolean;
  /** Units that are left; below 0 where work was done that they did not suffice for. */
  remaining: number;
}

/** Share of its burst that a bucket may owe. */
export const MAX_DEBT = 0.25;

/** Charges a client's bucket; who lacks the units pays {@link REFUSAL_UNITS} of what is left. */
export type ChargeBucket = (charge: Charge) => Promise<Balance>;

/** A refusal's own work: reading, checking and pricing an operation. */
export const REFUSAL_UNITS = 20;

/** Milliseconds until so many units are there. */
export function msUntil(units: number, { remaining }: Balance, { perSecond }: BucketRules): number {
  return Math.max(0, Math.ceil((1000 * (units - remaining)) / perSecond));
}
