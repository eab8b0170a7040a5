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

/** Files that may be an export's: those of zip files in their place, without what computers add. @throws FormatError */
export function unpack(files: readonly ExportFile[]): ExportFile[] {
  const budget = new ByteBudget();
  return files
    .flatMap((file) =>
      isZip(file.bytes) ? unzip(file, budget) : (budget.take(file.path, file.bytes.length), [file]),
    )
    .filter(({ path }) => isOfInterest(path));
}

function unzip({ path, bytes }: ExportFile, budget: ByteBudget): ExportFile[] {
  const filter = ({ name, originalSize }: UnzipFileInfo) => {
    if (/^(?:xl|word)\//.test(name))
      throw new FormatError(
        `${path} is an Office document: save the sheet as CSV, or choose the file as the service gave it`,
        path,
        null,
      );
    if (!isOfInterest(name)) return false;
    budget.take(path, originalSize);
    return true;
  };
  try {
    return Object.entries(unzipSync(bytes, { filter })).map(([name, content]) => ({
      path: name,
      bytes: content,
    }));
  } catch (cause) {
    if (cause instanceof FormatError) throw cause;
    throw new FormatError(`${path} is not a complete zip file: download it again`, path, null, { cause });
  }
}

/** Sizes are the archive's word, by which it is unpacked too. */
class ByteBudget {
  #left = MAX_EXPORT_BYTES;

  take(path: string, bytes: number): void {
    this.#left -= bytes;
    if (this.#left < 0)
      throw new FormatError(
        `${path} is larger than an export may be (${MAX_EXPORT_BYTES / 1_000_000} MB): choose the files of ratings alone`,
        path,
        null,
      );
  }
}

function isZip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b && (bytes[2] === 3 || bytes[2] === 5);
}

function isOfInterest(path: string): boolean {
  return !/(?:^|\/)(?:__MACOSX\/|\.|Thumbs\.db$)|\/$/.test(path);
}
