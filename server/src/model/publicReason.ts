/** A clause that tells what to run in a shell: for whoever runs the server, who reads it in the log. */
const ADVICE = /[;,.]?\s*[^;`]*`npm [^`]*`[^;]*/g;

/** An absolute path of POSIX or Windows, up to what ends it in a message. */
const ABSOLUTE_PATH = /(^|[\s'"`(])(?:\/|[A-Za-z]:\\)[^\s'"`:;,)]*/g;

/**
 * A reason in words for whoever asks, without what only concerns the machine: absolute paths become their last name, and advice to
 * run commands is left out. The log has the whole.
 */
export function publicReason(reason: string): string {
  return reason
    .replace(ADVICE, '')
    .replace(ABSOLUTE_PATH, (path, before: string) => `${before}${lastNameOf(path.slice(before.length))}`);
}

function lastNameOf(path: string): string {
  return path.split(/[/\\]/).findLast((name) => name !== '') ?? '';
}
