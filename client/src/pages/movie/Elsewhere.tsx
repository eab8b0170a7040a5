import { Trans } from '@lingui/react/macro';
import { ExternalLink } from 'lucide-react';
import styles from './Movie.module.css';

interface ElsewhereProps {
  title: string;
  imdbUrl: string | null;
  tmdbUrl: string | null;
}

/** Links the film's pages at other places. */
export function Elsewhere({ title, imdbUrl, tmdbUrl }: ElsewhereProps) {
  const links = [
    ['IMDb', imdbUrl],
    ['TMDB', tmdbUrl],
  ] as const;
  if (!imdbUrl && !tmdbUrl) return null;
  return (
    <ul className={styles.elsewhere}>
      {links.map(
        ([site, url]) =>
          url && (
            <li key={site}>
              <a href={url} rel="noreferrer">
                <Trans>
                  <span className="visually-hidden">{title} on </span>
                  {site}
                </Trans>{' '}
                <ExternalLink size={14} aria-hidden="true" />
              </a>
            </li>
          ),
      )}
    </ul>
  );
}
