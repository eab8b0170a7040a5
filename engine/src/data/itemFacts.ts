/** Facts about the items themselves, whoever met them. */
export interface ItemFacts {
  /** [numItems] years of release, 0 where unknown; null where no year is known. */
  readonly releaseYears: Int16Array | null;
}
