const DRAWN = /^(\d*)((?:[★⭐]\ufe0f?)*)(½?)☆*$/u;

/** `★★★½` and `3½` as `3.5`; anything else as it is. */
export function undrawn(text: string): string {
  const [, digits = '', stars = '', half = ''] = DRAWN.exec(text) ?? [];
  if (stars + half === '' || (digits !== '' && stars !== '')) return text;
  return String(Number(digits) + stars.replaceAll('\ufe0f', '').length + (half === '' ? 0 : 0.5));
}
