const DRAWN = /^(\d*)\s*((?:[★⭐*]\ufe0f?\s*)*)(½|1\/2)?[☆✩\s]*$/u;

/** `★★★½`, `3½`, `3★` and `3 1/2` as `3.5` and `3`; anything else as it is. */
export function undrawn(text: string): string {
  const [, digits = '', stars = '', half = ''] = DRAWN.exec(text) ?? [];
  const drawn = stars.replace(/[\ufe0f\s]/g, '').length;
  // `5 ★★★★★` says the same twice.
  if (drawn + half.length === 0 || (digits !== '' && drawn > 1 && Number(digits) !== drawn)) return text;
  return String((digits === '' ? drawn : Number(digits)) + (half === '' ? 0 : 0.5));
}
