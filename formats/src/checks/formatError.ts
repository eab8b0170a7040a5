/** A file that is not in its format; the message names the file and says what is wrong. */
export class FormatError extends Error {
  override readonly name = 'FormatError';

  /** @param line where it stands, counted from 1; null where it is not known */
  constructor(
    message: string,
    readonly file: string,
    readonly line: number | null,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
