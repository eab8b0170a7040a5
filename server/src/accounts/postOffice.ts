import { inCallSpan, messageOf, type Logger } from '@pocketrocket/runtime';
import { createTransport } from 'nodemailer';

export interface Mail {
  to: string;
  subject: string;
  text: string;
}

/** Letters that may wait for the SMTP server; beyond them new ones are dropped, with a line in the log. */
const MAX_WAITING = 100;
const TIMEOUT_MS = 10_000;

/** Sends mails after the request that asks for them has been answered: how long it takes tells nobody who has an account. */
export interface PostOffice {
  /** Origin of the portal, in which links lead. */
  publicUrl: string;
  /** Runs a task that may send mails; its failures go to the log. */
  later(task: (send: (mail: Mail) => Promise<void>) => Promise<void>): void;
  /** Waits for what is on its way. */
  close(): Promise<void>;
}

export interface PostOfficeOptions {
  /** `smtp://user:password@host:port`, or `smtps:` for TLS from the start. */
  smtpUrl: string;
  /** Sender's address. */
  from: string;
  publicUrl: string;
  logger: Logger;
}

export function openPostOffice({ smtpUrl, from, publicUrl, logger }: PostOfficeOptions): PostOffice {
  const transport = createTransport(
    {
      url: smtpUrl,
      connectionTimeout: TIMEOUT_MS,
      greetingTimeout: TIMEOUT_MS,
      socketTimeout: TIMEOUT_MS,
      disableFileAccess: true,
      disableUrlAccess: true,
    },
    { from },
  );
  const waiting = new Set<Promise<void>>();
  const send = async (mail: Mail): Promise<void> => {
    const describe = () => ({ name: 'smtp send', facts: { 'server.address': new URL(smtpUrl).hostname } });
    await inCallSpan(describe, () => transport.sendMail(mail));
  };
  return {
    publicUrl,
    later(task) {
      if (waiting.size >= MAX_WAITING) {
        logger.error({ waiting: waiting.size }, 'a mail was dropped: too many are waiting');
        return;
      }
      const done = task(send)
        .catch((error: unknown) => logger.error({ problem: messageOf(error) }, 'a mail was not sent'))
        .finally(() => waiting.delete(done));
      waiting.add(done);
    },
    async close() {
      await Promise.all(waiting);
      transport.close();
    },
  };
}
