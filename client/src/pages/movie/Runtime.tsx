import { useLingui } from '@lingui/react/macro';

/** The length of a film in hours and minutes; nothing where it is not known. */
export function Runtime({ minutes: inAll }: { minutes: number | null }) {
  const { t } = useLingui();
  if (inAll === null) return null;
  const hours = Math.floor(inAll / 60);
  const minutes = inAll % 60;
  if (hours === 0) return <span>{t`${minutes} min`}</span>;
  return <span>{minutes === 0 ? t`${hours} h` : t`${hours} h ${minutes} min`}</span>;
}
