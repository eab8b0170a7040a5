const WIDTH = 960;
const HEIGHT = 360;
const LEFT = 56;
const RIGHT = 16;
const TOP = 130;
const BOTTOM = 32;

/** Memory over time as an SVG picture, with a mark where each fault begins. */
export function drawCurve(
  samples: readonly { seconds: number; megabytes: number }[],
  marks: readonly { seconds: number; what: string }[],
): string {
  const lastSecond = Math.max(1, ...samples.map(({ seconds }) => seconds));
  const top = Math.ceil(Math.max(1, ...samples.map(({ megabytes }) => megabytes)) / 100) * 100;
  const x = (seconds: number) => LEFT + (seconds / lastSecond) * (WIDTH - LEFT - RIGHT);
  const y = (megabytes: number) => HEIGHT - BOTTOM - (megabytes / top) * (HEIGHT - TOP - BOTTOM);
  const points = samples.map(
    ({ seconds, megabytes }) => `${x(seconds).toFixed(1)},${y(megabytes).toFixed(1)}`,
  );
  const levels = Array.from({ length: top / 100 + 1 }, (_, index) => index * 100);
  const minutes = Array.from({ length: Math.floor(lastSecond / 60) + 1 }, (_, index) => index);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="sans-serif" font-size="11">`,
    `<title>Resident memory of the server in MB over minutes</title>`,
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="#fff"/>`,
    ...levels.map(
      (level) =>
        `<line x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${y(level)}" y2="${y(level)}" stroke="#ddd"/>` +
        `<text x="${LEFT - 6}" y="${y(level) + 4}" text-anchor="end">${level}${level === top ? ' MB' : ''}</text>`,
    ),
    ...minutes.map(
      (minute) =>
        `<text x="${x(minute * 60).toFixed(1)}" y="${HEIGHT - 12}" text-anchor="middle">${minute}${minute === 0 ? ' min' : ''}</text>`,
    ),
    ...marks.map(({ seconds, what }) => {
      const at = x(seconds).toFixed(1);
      return (
        `<line x1="${at}" x2="${at}" y1="${TOP}" y2="${HEIGHT - BOTTOM}" stroke="#c33" stroke-dasharray="3 3"/>` +
        `<text transform="translate(${at} ${TOP - 6}) rotate(-40)" fill="#c33">${what}</text>`
      );
    }),
    `<polyline fill="none" stroke="#236" stroke-width="1.5" points="${points.join(' ')}"/>`,
    '</svg>',
    '',
  ].join('\n');
}
