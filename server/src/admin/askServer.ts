import { AppError, messageOf, type Config, type Logger } from '@pocketrocket/runtime';
import { openJwtSecret, secretsOf } from '../accounts/secret.ts';
import { reportAddress } from '../exports/reportAddress.ts';
import { createAddressSigner } from '../exports/signedAddress.ts';
import type { ReportName } from '../operators/reportNames.ts';
import { nowSeconds } from '../timing/clock.ts';

/** Milliseconds that a server may take. */
const PATIENCE_MS = 10_000;
/** Addresses at which a server listens for all, and where it is asked then. */
const EVERYWHERE: Readonly<Record<string, string>> = { '0.0.0.0': '127.0.0.1', '::': '[::1]' };

/**
 * Asks the running server for a part of its state; the secret that signs sign-ins proves that an operator asks.
 * @param url its origin, where it is not at the address of the settings
 * @throws AppError UPSTREAM_UNAVAILABLE where none answers; FORBIDDEN where it has another secret
 */
export async function askServer(
  config: Config,
  logger: Logger,
  name: ReportName,
  url?: string,
): Promise<unknown> {
  const secret = await openJwtSecret(config, logger);
  const signer = createAddressSigner(secretsOf(config, secret));
  const origin = url ?? `http://${EVERYWHERE[config.host] ?? config.host}:${config.port}`;
  const answer = await fetch(new URL(reportAddress(signer, name, nowSeconds()), origin), {
    signal: AbortSignal.timeout(PATIENCE_MS),
  }).catch((error: unknown) => {
    throw new AppError(
      'UPSTREAM_UNAVAILABLE',
      `no server answers at ${origin} (${messageOf(error)}): start it, or name it by --url`,
    );
  });
  if (answer.status === 403)
    throw new AppError(
      'FORBIDDEN',
      `the server at ${origin} has another secret: run this with its settings (POCKETROCKET_HOME, JWT_SECRET)`,
    );
  if (!answer.ok)
    throw new AppError('UPSTREAM_UNAVAILABLE', `the server at ${origin} answered ${answer.status}`);
  return answer.json();
}
