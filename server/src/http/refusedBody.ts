/** A request's body that is answered by a status and a reason. */
export class RefusedBody extends Error {
  constructor(
    readonly status: number,
    reason: string,
    options?: { cause?: unknown },
  ) {
    super(reason, options);
  }
}
