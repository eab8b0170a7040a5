import { AppError } from '@pocketrocket/runtime';
import { readExport } from './personal/readExport.ts';
import { openSource, type OpenSource } from './sources/index.ts';

/**
 * Opens a data set by name or path.
 * @throws AppError NOT_FOUND, BAD_DATA, UPSTREAM_UNAVAILABLE; of one person's export BAD_DATA that names the command for it
 */
export async function openData(
  deps: Parameters<typeof openSource>[0],
  nameOrPath: string,
): Promise<OpenSource> {
  try {
    return await openSource(deps, nameOrPath);
  } catch (error) {
    const service =
      error instanceof AppError && error.code === 'BAD_DATA' ? await serviceOf(nameOrPath) : null;
    if (service === null) throw error;
    throw new AppError(
      'BAD_DATA',
      `${nameOrPath} is one person's export of ${service}, and no data set: take its ratings into an account with npm run seed -- --into-account <email> ${nameOrPath}`,
      { cause: error },
    );
  }
}

/** The service that wrote an export; null where it is none of one. */
async function serviceOf(path: string): Promise<string | null> {
  try {
    const { service } = await readExport(path);
    return /^a table /.test(service) ? null : service;
  } catch (error) {
    // No export: the first complaint stands.
    if (error instanceof AppError) return null;
    throw error;
  }
}
