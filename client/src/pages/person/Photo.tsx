import { useState } from 'react';
import styles from './Person.module.css';

interface PhotoProps {
  name: string;
  url: string | null;
  size?: 'small' | 'large';
}

/** A person's photo; their initials where there is none, or it does not load. The name stands beside it. */
export function Photo({ name, url, size = 'small' }: PhotoProps) {
  const [brokenUrl, setBrokenUrl] = useState<string>();
  return (
    <span className={styles.photo} data-size={size} aria-hidden="true">
      {url && url !== brokenUrl ? (
        <img
          src={url}
          alt=""
          width={185}
          height={278}
          loading="lazy"
          decoding="async"
          onError={() => setBrokenUrl(url)}
        />
      ) : (
        initialsOf(name)
      )}
    </span>
  );
}

/** The first letters of the first and the last word. */
function initialsOf(name: string): string {
  const words = name.split(/\s+/).filter(Boolean);
  const letters = words.length > 1 ? [words[0], words.at(-1)] : [words[0]];
  return letters.map((word) => [...(word ?? '')][0] ?? '').join('');
}
