/** All rules by which a recording leaves out what differs from run to run. */

/** The facts of a recording that texts may hold. */
export interface Circumstances {
  /** Folders by the placeholder that stands for them, such as `<tmp>`. */
  folders: Readonly<Record<string, string>>;
  /** When the recording began; instants from here on are its own, earlier ones belong to the data. */
  since: Date;
}

/** A rule for texts: each match of the pattern becomes the replacement, or stays where that is null. */
interface Rule {
  /** Describes the rule to the reader of a recording. */
  name: string;
  pattern: RegExp;
  replace: (match: readonly string[], circumstances: Circumstances) => string | null;
}

const RULES: readonly Rule[] = [
  {
    name: 'folders that a command makes for a while: <random>',
    pattern: /(<tmp>\/tmp\/[\w-]+-)\w{6}\b/g,
    replace: ([, before]) => `${before}<random>`,
  },
  {
    name: 'instants of the recording (ISO 8601, or to the minute): <instant>',
    pattern: /\b\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?Z?/g,
    replace: ([text = ''], { since }) => {
      const iso = text.replace(' ', 'T').replace(/Z?$/, 'Z');
      // Some are given to the minute, rounded down.
      return Date.parse(iso) >= since.getTime() - 60_000 ? '<instant>' : null;
    },
  },
  {
    name: 'the day of the recording in words: <day>',
    pattern: /\b[A-Z][a-z]{2} \d{1,2}, \d{4}\b/g,
    replace: ([text = ''], { since }) =>
      Date.parse(`${text} 23:59:59 UTC`) >= since.getTime() ? '<day>' : null,
  },
  {
    name: 'durations: members named seconds, secondsLeft, durationMs or ms in JSON, and `12.3 s` in tables: <duration>',
    pattern: /("(?:seconds|secondsLeft|durationMs|ms)":\s?)(?:\d[\d.e+-]*|null)|\b\d+\.\d s\b/g,
    replace: ([, member]) => (member === undefined ? '<duration> s' : `${member}"<duration>"`),
  },
  {
    name: 'where in the code an error was thrown, as files may move: <stack>',
    pattern: /(?:(?:\n|\\n) +at [^\n"\\]*)+/g,
    replace: () => ' <stack>',
  },
  {
    name: 'ports that were free (32768 and above; defaults stand in messages): <port>',
    pattern: /\b(127\.0\.0\.1|localhost):(\d+)/g,
    replace: ([, host, port]) => (Number(port) >= 32_768 ? `${host}:<port>` : null),
  },
  {
    name: 'process ids: <pid>',
    pattern: /("pid":)\d+/g,
    replace: ([, member]) => `${member}"<pid>"`,
  },
  {
    name: 'free disk space: <free>',
    pattern: /\b\d+\.\d GB free/g,
    replace: () => '<free> GB free',
  },
  {
    name: 'the size of a file whose name ends in .backup, whose compressed instants differ in length: <bytes>',
    pattern: /("file":"[^"]*\.backup"[^\n]*"bytes":)\d+/g,
    replace: ([, before]) => `${before}"<bytes>"`,
  },
  {
    name: 'the same in words: <bytes> MB',
    pattern: /(\.backup: [^\n]*; )\d+\.\d MB/g,
    replace: ([, before]) => `${before}<bytes> MB`,
  },
  {
    name: 'fingerprints of source files, which include their folder and times: <fingerprint>',
    pattern: /("fingerprint":\s?)"[0-9a-f]{64}"/g,
    replace: ([, member]) => `${member}"<fingerprint>"`,
  },
  {
    name: 'tokens of who signed in: <token>',
    pattern: /\beyJ[\w-]+\.[\w-]+\.[\w-]+/g,
    replace: () => '<token>',
  },
  {
    name: 'random identifiers: <uuid>',
    pattern: /\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g,
    replace: () => '<uuid>',
  },
  {
    name: "cursors of recommendation lists, decoded, without the list's key, which depends on the time of training",
    pattern: /\bWy[IJ][\w-]{30,}/g,
    replace: ([text = '']) => {
      const parts = /^\["([\w-]{16})","[\w-]{16}",(\d+)\]$/.exec(Buffer.from(text, 'base64url').toString());
      return parts && `cursor ${parts[1]} <list> ${parts[2]}`;
    },
  },
];

/** The rules in words, to stand in a recording. */
export const RULE_NAMES: readonly string[] = [
  'the folder of the recording: <tmp>; the checkout: <checkout>; the data: <data>',
  ...RULES.map(({ name }) => name),
  'progress: each stage once where it is told in JSON, nothing of it where it is told in words',
];

/** Replaces what differs from run to run by placeholders; see the rules above. */
export function normalise(text: string, circumstances: Circumstances): string {
  let normal = text;
  // The longest first: one folder may lie in another.
  const folders = Object.entries(circumstances.folders).sort(([, a], [, b]) => b.length - a.length);
  for (const [placeholder, folder] of folders) normal = normal.replaceAll(folder, placeholder);
  for (const { pattern, replace } of RULES)
    normal = normal.replace(pattern, (...match: (string | undefined)[]) => {
      const groups = match.filter((part) => typeof part === 'string' || part === undefined) as string[];
      return replace(groups.slice(0, -1), circumstances) ?? match[0] ?? '';
    });
  return normal;
}

/** The lines that a command printed; those that are JSON as values. */
export function readOutput(text: string, circumstances: Circumstances): unknown {
  const lines = normalise(text, circumstances).split('\n');
  if (lines.at(-1) === '') lines.pop();
  const values = lines.filter((line) => !PLAIN_PROGRESS.test(line)).map((line) => parseJson(line) ?? line);
  const stages = values.map((value) => stageOf(value));
  return values.flatMap((value, index) => {
    const stage = stages[index] ?? null;
    if (stage === null) return [value];
    return stages.indexOf(stage) === index ? [`progress: ${stage}`] : [];
  });
}

/** A line of progress for a log, such as `restoring 45% (449K bytes/s, 3 s left)`; only what takes long writes any. */
const PLAIN_PROGRESS = /^\S.* \([\d.]+[KMBT]? [^()]*\/s(, \d+ s left)?\)( .*)?$/;

/** The stage that a line of progress tells of, which is kept once: how often a stage is told of depends on its speed. */
function stageOf(value: object | string): string | null {
  if (typeof value === 'string' || !('progress' in value)) return null;
  const { stage, unit } = value.progress as { stage: string; unit: string };
  return `${stage}, ${unit}`;
}

function parseJson(line: string): object | null {
  if (!/^[{[]/.test(line)) return null;
  try {
    return JSON.parse(line) as object;
  } catch {
    return null;
  }
}
