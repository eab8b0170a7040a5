import type { Readable } from 'node:stream';

/** A file of an archive. */
export interface Member {
  sizeBytes: number;
  /** Changes when its content does. */
  stamp: string;
  /** The bytes as stored; a damaged archive fails the stream. */
  open(): Promise<Readable>;
}

/** The files of one folder, on disk or in a zip file, under their base names. */
export interface Archive {
  members: ReadonlyMap<string, Member>;
  close(): void;
}
