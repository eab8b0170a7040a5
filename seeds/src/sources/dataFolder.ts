import { posix } from 'node:path';
import { AppError } from '@pocketrocket/runtime';
import type { Member } from './archive.ts';

/** The files of each folder of an archive, by the folder's path; `.` is the archive itself. */
export type Folders = ReadonlyMap<string, ReadonlyMap<string, Member>>;

/**
 * The files of the one folder that holds a data set; where none does, those of folders side by side, as `movies/movies.csv` and `ratings/ratings.csv`; else those of the first folder.
 * @throws AppError BAD_DATA where several folders below the archive's own hold one each
 */
export function dataFolderOf(
  path: string,
  folders: Folders,
  isDataFolder: (files: ReadonlyMap<string, Member>) => boolean,
): ReadonlyMap<string, Member> {
  const own = folders.get('.');
  if (own && isDataFolder(own)) return own;
  const found = [...folders].filter(([, files]) => isDataFolder(files));
  if (found.length > 1)
    throw new AppError(
      'BAD_DATA',
      `${path} holds several data sets, in ${found.map(([folder]) => folder).join(', ')}: give the folder of one, from a zip file unpacked`,
    );
  const [only] = found;
  if (only) return only[1];
  const together = siblings(folders).find(isDataFolder);
  if (together) return together;
  return (own?.size ? own : null) ?? [...folders.values()].find(({ size }) => size > 0) ?? new Map();
}

/** The files of folders that lie in the same one, together, where no name occurs twice. */
function siblings(folders: Folders): ReadonlyMap<string, Member>[] {
  const byParent = new Map<string, [string, Member][]>();
  for (const [folder, files] of folders) {
    if (folder === '.') continue;
    const parent = posix.dirname(folder);
    byParent.set(parent, [...(byParent.get(parent) ?? []), ...files]);
  }
  return [...byParent.values()].flatMap((files) => {
    const all = new Map(files);
    return all.size === files.length ? [all] : [];
  });
}
