import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { until } from '@pocketrocket/testing';

export interface ReceivedMail {
  to: string[];
  /** Headers and body as sent. */
  text: string;
}

/** An SMTP server that keeps what it receives. */
export class TestSmtp {
  readonly mails: ReceivedMail[] = [];
  readonly #server: SMTPServer;

  private constructor() {
    this.#server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS'],
      onData: (stream, { envelope }, done) => {
        let text = '';
        stream.on('data', (chunk: Buffer) => (text += chunk.toString()));
        stream.on('end', () => {
          // Quoted-printable breaks lines.
          const plain = text.replace(/=\r\n/g, '').replace(/=3D/g, '=');
          this.mails.push({ to: envelope.rcptTo.map(({ address }) => address), text: plain });
          done();
        });
      },
    });
  }

  static async start(): Promise<TestSmtp> {
    const smtp = new TestSmtp();
    await new Promise<void>((resolve) => smtp.#server.listen(0, '127.0.0.1', resolve));
    return smtp;
  }

  get url(): string {
    return `smtp://127.0.0.1:${(this.#server.server.address() as AddressInfo).port}`;
  }

  /** The next mail; takes it out. */
  async next(): Promise<ReceivedMail> {
    await until('a mail arrives', () => this.mails.length > 0);
    const mail = this.mails.shift();
    if (!mail) throw new Error('there is one');
    return mail;
  }

  stop(): Promise<void> {
    return new Promise((resolve) => this.#server.close(() => resolve()));
  }
}
