import { unzipSync, type UnzipFileInfo } from 'fflate';
import { FormatError } from '../checks/formatError.ts';

/** A file that a person chose, or one in a folder or zip file. */
export interface ExportFile {
  /** With its folders, which some services tell files apart by. */
  path: string;
  bytes: Uint8Array;
}

/** Bytes that all files of an export may have together, unpacked; large ones have a tenth. */
export const MAX_EXPORT_BYTES = 100_000_000;

/** Files that an export may hold. */
const MAX_EXPORT_FILES = 10_000;

/** Ways of packing that zip files know by number. */
const STORED = 0;
const DEFLATED = 8;

/** A zip file may be in another, as some mail programs and clouds pack it once more. */
const MAX_DEPTH = 2;

/** Files that may be an export's: those of zip files in their place, without what computers add. @throws FormatError */
export function unpack(files: readonly ExportFile[]): ExportFile[] {
  const budget = new ExportBudget();
  return files
    .flatMap((file) => {
      if (isZip(file.bytes)) return unzip(file, budget);
      budget.take(file.path, file.bytes.length);
      return [file];
    })
    .filter(({ path }) => isOfInterest(path));
}

function unzip({ path, bytes }: ExportFile, budget: ExportBudget, depth = 1): ExportFile[] {
  const filter = ({ name, originalSize, compression }: UnzipFileInfo) => {
    if (/^(?:xl|word)\//.test(name))
      throw new FormatError(
        `${path} is an Office document: save the sheet as CSV, or choose the file as the service gave it`,
        path,
        null,
      );
    if (!isOfInterest(plainPath(name))) return false;
    if (compression !== STORED && compression !== DEFLATED)
      throw new FormatError(
        `${path} is packed or locked in a way that is not read here: unpack it and choose its files`,
        path,
        null,
      );
    budget.take(path, originalSize);
    return true;
  };
  return entriesOf(path, bytes, filter).flatMap((file) =>
    depth < MAX_DEPTH && isZip(file.bytes) && /\.zip$/i.test(file.path)
      ? unzip(file, budget, depth + 1)
      : [file],
  );
}

function entriesOf(path: string, bytes: Uint8Array, filter: (file: UnzipFileInfo) => boolean): ExportFile[] {
  try {
    return Object.entries(unzipSync(bytes, { filter })).map(([name, content]) => ({
      path: plainPath(name),
      bytes: content,
    }));
  } catch (cause) {
    if (cause instanceof FormatError) throw cause;
    throw new FormatError(
      `${path} is not a complete zip file, or has a password: download it again, or unpack it`,
      path,
      null,
      { cause },
    );
  }
}

/** Names as some programs write them: with `\\` between folders, with `./` or `/` before the first. */
function plainPath(name: string): string {
  return name.replaceAll('\\', '/').replace(/^(?:\.{0,2}\/)+/, '');
}

/** Counts bytes and files. Sizes are the archive's word, by which it is unpacked too. */
class ExportBudget {
  #bytesLeft = MAX_EXPORT_BYTES;
  #filesLeft = MAX_EXPORT_FILES;

  take(path: string, bytes: number): void {
    this.#bytesLeft -= bytes;
    if (this.#bytesLeft < 0)
      refuse(path, `is larger than an export may be (${MAX_EXPORT_BYTES / 1_000_000} MB)`);
    if (--this.#filesLeft < 0) refuse(path, `holds more files than an export does (${MAX_EXPORT_FILES})`);
  }
}

function refuse(path: string, reason: string): never {
  throw new FormatError(`${path} ${reason}: choose the files of ratings alone`, path, null);
}

function isZip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b && (bytes[2] === 3 || bytes[2] === 5);
}

function isOfInterest(path: string): boolean {
  return !/(?:^|\/)(?:__MACOSX\/|\.|Thumbs\.db$)|\/$/.test(path);
}
