/** Tells whoever started it what `npm start` does. */
export function say(line: string): void {
  process.stdout.write(`PocketRocket: ${line}\n`);
}
