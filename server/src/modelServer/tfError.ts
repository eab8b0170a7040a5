/**
 * TensorFlow's status codes that this server answers with, and the HTTP status of each; source: `ToHTTPStatusCode` in
 * tensorflow/serving's model_servers/http_server.cc.
 */
export const HTTP_STATUS = {
  INVALID_ARGUMENT: 400,
  NOT_FOUND: 404,
  INTERNAL: 500,
} as const;

export type TfCode = keyof typeof HTTP_STATUS;

/** A failure as TensorFlow Serving words it: what a client of the REST API reads as `error`. */
export class TfError extends Error {
  readonly code: TfCode;

  constructor(code: TfCode, message: string) {
    super(message);
    this.name = 'TfError';
    this.code = code;
  }
}

export function invalidArgument(message: string): TfError {
  return new TfError('INVALID_ARGUMENT', message);
}
