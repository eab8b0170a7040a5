import { Trans, useLingui } from '@lingui/react/macro';
import { Play } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { Button } from '../../components/index.ts';
import styles from './Movie.module.css';

/** Shows a trailer from YouTube: nothing is asked of it before somebody presses the button. */
export function Trailer({ youtubeId }: { youtubeId: string }) {
  const { t } = useLingui();
  const [isPlaying, setPlaying] = useState(false);
  const frame = useRef<HTMLIFrameElement>(null);
  useEffect(() => {
    if (isPlaying) frame.current?.focus();
  }, [isPlaying]);
  return (
    <section className={styles.part} aria-labelledby="trailer">
      <h2 id="trailer">{t`Trailer`}</h2>
      <div className={styles.screen}>
        {isPlaying ? (
          <iframe
            ref={frame}
            src={`https://www.youtube-nocookie.com/embed/${youtubeId}?autoplay=1`}
            title={t`Trailer`}
            allow="autoplay; encrypted-media; fullscreen"
            referrerPolicy="strict-origin-when-cross-origin"
            allowFullScreen
          />
        ) : (
          <>
            <Button variant="primary" onClick={() => setPlaying(true)}>
              <Play size={18} aria-hidden="true" /> <Trans>Play the trailer</Trans>
            </Button>
            <p>
              <Trans>It comes from YouTube, which learns that you watch it.</Trans>
            </p>
          </>
        )}
      </div>
    </section>
  );
}
