/**
 * Draws one of some things, each with a probability in proportion to its weight.
 * @param weightOf 0 or more; where all are 0, all are alike
 * @param chance 0 to 1, without 1
 * @returns undefined where there is none
 */
export function drawByWeight<Thing>(
  things: readonly Thing[],
  weightOf: (thing: Thing) => number,
  chance: number,
): Thing | undefined {
  const total = things.reduce((sum, thing) => sum + weightOf(thing), 0);
  if (total <= 0) return things[Math.floor(chance * things.length)];
  let left = chance * total;
  return things.find((thing) => (left -= weightOf(thing)) < 0) ?? things.at(-1);
}
