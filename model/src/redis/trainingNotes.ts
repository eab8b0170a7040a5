import { parseTrainingProgress, type TrainingProgress } from '../artifact/trainingProgress.ts';
import type { RedisLink } from './link.ts';
import { modelKeys } from './keys.ts';

/** A note that is not written again for so long is of a trainer that is gone. */
export const NOTE_LIVES_MS = 15_000;
/** No trainer writes more. */
const MAX_NOTE_LENGTH = 2_000;

/** The progress of the training of a model, for servers that do not see the trainer's model directory: one note, the latest. */
export class TrainingNotes {
  readonly #link: RedisLink;
  readonly #key: string;

  constructor(link: RedisLink, modelName: string) {
    this.#link = link;
    this.#key = modelKeys(modelName).training;
  }

  /** Keeps the note for those who ask, and tells it. @throws AppError UPSTREAM_UNAVAILABLE */
  async write(progress: TrainingProgress): Promise<void> {
    const text = JSON.stringify(progress);
    await this.#link.command(['SET', this.#key, text, 'PX', String(NOTE_LIVES_MS)]);
    await this.#link.command(['PUBLISH', this.#key, text]);
  }

  /** Takes the note back, and tells it. @throws AppError UPSTREAM_UNAVAILABLE */
  async clear(): Promise<void> {
    await this.#link.command(['DEL', this.#key]);
    await this.#link.command(['PUBLISH', this.#key, '']);
  }

  /** The note; null where no training runs. @throws AppError UPSTREAM_UNAVAILABLE */
  async read(): Promise<TrainingProgress | null> {
    return parse(((await this.#link.command(['GET', this.#key])) as string | null) ?? '');
  }

  /** Calls back with every note that is told, null where one was taken back; and with the one that stands whenever Redis answers again. */
  async onTold(listener: (progress: TrainingProgress | null) => void): Promise<void> {
    const look = () => void this.read().then(listener, () => undefined);
    this.#link.onReady(look);
    await this.#link.subscribe(this.#key, (text) => listener(parse(text)));
    look();
  }
}

function parse(text: string): TrainingProgress | null {
  return text.length > MAX_NOTE_LENGTH ? null : parseTrainingProgress(text);
}
