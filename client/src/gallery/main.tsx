/** Every component with made-up data, to look at in development: `npm run dev`, then /gallery.html. Never built. */
import { useState } from 'react';
import { createRoot } from 'react-dom/client';
import { BrowserRouter } from 'react-router';
import '../styles/index.css';
import {
  CardGrid,
  DegradedNotice,
  EmptyState,
  ErrorState,
  GenreChips,
  GenreProfile,
  GridSkeleton,
  Hero,
  HeroSkeleton,
  LoadMore,
  ModelBadge,
  MovieGrid,
  MovieRow,
  PickCard,
  RatingHistogram,
  RatingInput,
  RatingStars,
  RowSkeleton,
  StatTiles,
  UserCard,
} from '../components/index.ts';
import { FILMS, itemsFrom } from './films.ts';

const GENRES = [
  'Action',
  'Animation',
  'Comedy',
  'Crime',
  'Drama',
  'Film-Noir',
  'Horror',
  'Romance',
  'Sci-Fi',
];
const COUNTS = [12, 30, 24, 90, 80, 310, 260, 540, 220, 330];

function Gallery() {
  const [rating, setRating] = useState<number | null>(4);
  const [half, setHalf] = useState<number | null>(3.5);
  const [picked, setPicked] = useState<ReadonlySet<number>>(new Set([FILMS[1]?.movieId ?? 0]));
  const toggle = (movieId: number, on: boolean) =>
    setPicked((before) => new Set(on ? [...before, movieId] : [...before].filter((id) => id !== movieId)));
  const [pick] = itemsFrom(0, 1);

  return (
    <main className="page stack" style={{ paddingBlock: '2rem' }}>
      {pick && <Hero {...pick} eyebrow="Tonight’s pick for you" />}
      <MovieRow heading="For you" items={itemsFrom(0, 14)} scrollKey="for-you" eagerCount={6} />
      <MovieRow
        heading="Popular with everyone"
        headingTo="/collection/Drama"
        description="Not personal: what most people rate highly."
        items={itemsFrom(14, 12, false)}
        scrollKey="popular"
      />
      <section>
        <h2 style={{ marginBlockEnd: '1rem' }}>Pick five you like</h2>
        <CardGrid label="Films to pick from">
          {FILMS.slice(0, 6).map((movie) => (
            <li key={movie.movieId}>
              <PickCard
                movie={movie}
                picked={picked.has(movie.movieId)}
                onToggle={(on) => toggle(movie.movieId, on)}
              />
            </li>
          ))}
        </CardGrid>
      </section>
      <DegradedNotice
        served={{
          degraded: true,
          popularityReason: 'NO_MODEL',
        }}
      />
      <section className="stack" style={{ gap: '1.5rem' }}>
        <h1>User 176</h1>
        <StatTiles
          stats={[
            { label: 'films rated', value: '1,246' },
            { label: 'average rating', value: <RatingStars value={3.74} />, detail: 'highest 5, lowest 0.5' },
            { label: 'favourite genre', value: 'Drama' },
            { label: 'first seen', value: '1996' },
          ]}
        />
        <GenreChips genres={GENRES.map((name) => ({ name }))} current="Drama" />
        <GenreProfile
          shares={GENRES.map((name, index) => ({
            genre: { name },
            ratingCount: 40 + ((index * 137) % 300),
            averageRating: 3 + ((index * 7) % 10) / 8,
          }))}
        />
        <RatingStars value={3.91} ratingCount={1246} />
        <RatingHistogram buckets={COUNTS.map((count, index) => ({ rating: (index + 1) / 2, count }))} />
        <RatingInput
          legend="Your rating of Heat, in whole stars"
          value={rating}
          onChange={setRating}
          step={1}
        />
        <RatingInput legend="Your rating of Heat, in half stars" value={half} onChange={setHalf} />
        <CardGrid label="People">
          {[1, 2, 3, 176, 414, 610].map((userId) => (
            <li key={userId}>
              <UserCard
                user={{
                  userId,
                  name: `User ${userId}`,
                  sharesRatings: true,
                  ratingCount: 30 * userId,
                  averageRating: 3.6,
                }}
              />
            </li>
          ))}
        </CardGrid>
      </section>
      <EmptyState title="No film fits all of that">Take a filter away, or widen the years.</EmptyState>
      <ErrorState message="The recommendations did not arrive in time." onRetry={() => undefined} />
      <HeroSkeleton />
      <RowSkeleton heading="Because you liked Heat" />
      <section>
        <h1 style={{ marginBlockEnd: '1.5rem' }}>All films</h1>
        <MovieGrid items={itemsFrom(0, FILMS.length, false)} label="All films" />
        <LoadMore shown={FILMS.length} total={9724} hasNextPage onLoadMore={() => undefined} />
      </section>
      <GridSkeleton count={6} />
      <ModelBadge
        dataset={{ name: 'sample', isSynthetic: true }}
        version="3"
        trainedAt="2026-11-23T10:00:00Z"
      />
    </main>
  );
}

const root = document.querySelector('#root');
if (root)
  createRoot(root).render(
    <BrowserRouter>
      <Gallery />
    </BrowserRouter>,
  );
