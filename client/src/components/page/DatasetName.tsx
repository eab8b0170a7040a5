import { Trans } from '@lingui/react/macro';

/** The name of a data set as visitors read it; of the bundled one, that its ratings are made up. */
export function DatasetName({ name, isSynthetic }: { name: string; isSynthetic: boolean }) {
  if (isSynthetic) return <Trans>synthetic sample</Trans>;
  return name.replace(/^ml-/, 'MovieLens ');
}
