import { describe, expect, it } from '@jest/globals';
import type { ReactElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { StaticRouter } from 'react-router';
import { Texts } from '../test/Texts.tsx';
import {
  Avatar,
  DegradedNotice,
  ErrorState,
  GenreProfile,
  Hero,
  LoadMore,
  ModelBadge,
  MovieCard,
  MovieRow,
  NothingLeft,
  PickCard,
  Poster,
  RatingHistogram,
  RatingInput,
  RatingStars,
  type MovieSummary,
  type Reason,
} from './index.ts';
import { ReasonLine } from './movie/Reasons.tsx';

const HEAT: MovieSummary = {
  movieId: 6,
  title: 'Heat',
  releaseYear: 1995,
  genres: [{ name: 'Crime' }, { name: 'Thriller' }],
  posterUrl: null,
  averageRating: 3.946,
  weightedRating: 3.912,
  ratingCount: 102,
};

const REASONS: Reason[] = [
  { movie: { movieId: 7, title: 'Collateral', releaseYear: 2004 }, weight: 0.4 },
  { movie: { movieId: 8, title: 'Ronin', releaseYear: 1998 }, weight: 0.1 },
];

/** As a server would render it. */
const markup = (element: ReactElement) =>
  renderToStaticMarkup(
    <Texts>
      <StaticRouter location="/">{element}</StaticRouter>
    </Texts>,
  );
/** The text alone, tags as spaces. */
const text = (html: string) => html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');

describe('MovieCard', () => {
  it('links to the film by its title, with year, rating and reason in text', () => {
    const html = markup(<MovieCard movie={HEAT} reasons={REASONS} />);
    expect(html).toContain('href="/movie/6"');
    expect(text(html)).toContain('1995 ★ 3.9 out of 5 stars, 102 ratings (102)');
    expect(text(html)).toContain('Because you liked Collateral');
    expect(html).not.toContain('aria-label=');
  });

  it('hides the average while someone rates, and takes a note in place of a reason', () => {
    const html = text(markup(<MovieCard movie={HEAT} showRating={false} note="Popular with everyone" />));
    expect(html).not.toContain('3.9');
    expect(html).toContain('Popular with everyone');
  });

  it('marks a film that nobody has rated', () => {
    const html = text(markup(<MovieCard movie={{ ...HEAT, averageRating: null }} />));
    expect(html).toContain('1995 new, not rated yet');
  });

  it('copes with a film of which only the title is known', () => {
    const html = markup(
      <MovieCard movie={{ ...HEAT, title: 'Untold', genres: [], releaseYear: null, averageRating: null }} />,
    );
    expect(text(html)).not.toMatch(/null|undefined|NaN|★/);
  });
});

describe('ReasonLine', () => {
  it('lists every contributing film behind “why?”, in order', () => {
    const html = text(markup(<ReasonLine title="Heat" subject="they" reasons={REASONS} />));
    expect(html).toContain('Because they liked Collateral');
    expect(html.indexOf('Collateral 2004')).toBeLessThan(html.indexOf('Ronin 1998'));
    expect(html).toContain('Why Heat?');
  });

  it('says nothing without a reason', () => {
    expect(markup(<ReasonLine title="Heat" reasons={[]} />)).toBe('');
  });
});

describe('MovieRow', () => {
  const row = markup(
    <MovieRow
      heading="Crime"
      headingTo="/collection/Crime"
      scrollKey="crime"
      items={[{ movie: HEAT }, { movie: { ...HEAT, movieId: 9 } }]}
    />,
  );

  it('leads from its heading to the collection', () => {
    expect(row).toMatch(/<h2[^>]*><a href="\/collection\/Crime"[^>]*>Crime<\/a><\/h2>/);
  });

  it('keeps one card at a time in the tab order', () => {
    expect(
      row.match(/tabindex="0"[^>]*data-card-link|data-card-link="true"[^>]*tabindex="0"/gi),
    ).toHaveLength(1);
    expect(row.match(/tabindex="-1"/gi)).toHaveLength(1);
  });
});

describe('Poster', () => {
  it('keeps its art off the server’s page unless the first screen shows it', () => {
    const later = markup(<Poster title="Heat" year={1995} genres={['Crime']} />);
    expect(later).not.toContain('<svg');
    expect(text(later)).toContain('Heat 1995 Crime');
    expect(markup(<Poster title="Heat" year={1995} genres={['Crime']} eager />)).toContain('<svg');
  });

  it('shows the real poster where there is one', () => {
    const html = markup(
      <Poster title="Heat" year={1995} genres={[]} posterUrl="https://images.example/heat.jpg" />,
    );
    expect(html).toContain('src="https://images.example/heat.jpg"');
    expect(html).toContain('alt="Poster of Heat"');
  });
});

describe('ratings', () => {
  it('read as numbers', () => {
    expect(text(markup(<RatingStars value={3.946} ratingCount={1246} />))).toContain(
      '3.9 out of 5 stars 1,246 ratings',
    );
    expect(text(markup(<RatingStars value={4} />))).toContain('4 out of 5 stars');
    expect(text(markup(<RatingStars value={null} />))).toContain('Not yet rated');
  });

  it.each([
    [1, 5],
    [0.5, 10],
  ] as const)('are given in steps of %d through native radios', (step, count) => {
    const html = markup(
      <RatingInput legend="Your rating of Heat" step={step} value={4} onChange={() => undefined} />,
    );
    expect(html.match(/type="radio"/g)).toHaveLength(count);
    expect(html.match(/checked=""[^>]*value="4"|value="4"[^>]*checked=""/g)).toHaveLength(1);
  });

  it('name each bar of the histogram, empty steps too', () => {
    const html = text(
      markup(
        <RatingHistogram
          buckets={[
            { rating: 4.5, count: 1200 },
            { rating: 1, count: 1 },
          ]}
        />,
      ),
    );
    expect(html).toContain('4.5 stars: 1,200 ratings');
    expect(html).toContain('1 star: 1 rating');
    expect(html).toContain('3 stars: 0 ratings');
    expect(html).toContain('1,201 ratings');
  });
});

describe('states', () => {
  it('say in words that a list is degraded, and only then', () => {
    const notice = (degraded: boolean, popularityReason: 'NO_MODEL' | null) =>
      text(markup(<DegradedNotice served={{ degraded, popularityReason }} />));
    expect(notice(false, null)).toBe('');
    expect(notice(true, 'NO_MODEL')).toContain('No model has been trained yet');
    expect(notice(true, null)).toContain('less personal than usual');
  });

  it('say why nothing is left to recommend, in words of their own', () => {
    const served = { emptyReason: 'every movie of the catalogue is rated' };
    expect(text(markup(<NothingLeft served={served}>Import another catalogue.</NothingLeft>)).trim()).toBe(
      'No recommendations are left. Every film is rated. Import another catalogue.',
    );
    expect(text(markup(<NothingLeft served={undefined} />)).trim()).toBe('No recommendations are left.');
  });

  it('offer a retry where one is given', () => {
    expect(text(markup(<ErrorState onRetry={() => undefined} />))).toContain('Try again');
    expect(text(markup(<ErrorState />))).not.toContain('Try again');
  });

  it('say how much is shown, and offer more only while there is more', () => {
    const more = { shown: 24, total: 9724, onLoadMore: () => undefined };
    expect(text(markup(<LoadMore {...more} hasNextPage />))).toContain('24 of 9,724 films Show more films');
    expect(text(markup(<LoadMore {...more} hasNextPage={false} />))).not.toContain('Show more');
  });
});

describe('the rest', () => {
  it('always says that a sample is synthetic', () => {
    const html = text(
      markup(
        <ModelBadge
          dataset={{ name: 'sample', isSynthetic: true }}
          version="7"
          recipe="full"
          trainedAt="2026-11-23T23:30:00Z"
        />,
      ),
    );
    expect(html).toContain('synthetic sample');
    expect(html).toContain('model 7, trained on Nov 23, 2026');
    const without = text(markup(<ModelBadge dataset={{ name: 'ml-latest-small', isSynthetic: false }} />));
    expect(without).toContain('MovieLens latest-small');
    expect(without).toContain('no trained model');
  });

  it('orders a genre profile by what is watched most', () => {
    const share = (name: string, ratingCount: number) => ({
      genre: { name },
      ratingCount,
      averageRating: 3.5,
    });
    const html = text(markup(<GenreProfile shares={[share('War', 2), share('Drama', 9)]} />));
    expect(html.indexOf('Drama')).toBeLessThan(html.indexOf('War'));
  });

  it('gives a user the same avatar always, and others another', () => {
    const avatars = Array.from({ length: 50 }, (_, userId) => markup(<Avatar userId={userId} />));
    expect(markup(<Avatar userId={7} />)).toBe(avatars[7]);
    expect(new Set(avatars).size).toBeGreaterThan(45);
  });

  it('names the hero’s film, its reason and its picker', () => {
    const html = text(markup(<Hero eyebrow="Tonight’s pick" movie={HEAT} reasons={REASONS} />));
    expect(html).toMatch(/Tonight’s pick Heat 1995 .* Because you liked Collateral/);
    expect(html).toContain('See the film Heat');
    expect(markup(<PickCard movie={HEAT} picked onToggle={() => undefined} />)).toContain('checked=""');
  });
});
