import { rmSync } from 'node:fs';

interface Unfinished {
  path: string;
  isFinished: () => boolean;
}

/** Files and folders that this process has begun. */
const begun = new Set<Unfinished>();
let isListening = false;

/**
 * Has a file or folder removed where the process is asked to end before it is finished.
 * @param isFinished looks whether it is to stay
 * @returns has it left where it is from now on
 */
export function removeWhenStopped(path: string, isFinished: () => boolean = () => false): () => void {
  const one = { path, isFinished };
  begun.add(one);
  if (!isListening) {
    isListening = true;
    process.once('SIGINT', removeUnfinished);
    process.once('SIGTERM', removeUnfinished);
  }
  return () => begun.delete(one);
}

function removeUnfinished(signal: NodeJS.Signals): void {
  for (const { path, isFinished } of begun) if (!isFinished()) rmSync(path, { recursive: true, force: true });
  process.kill(process.pid, signal);
}
