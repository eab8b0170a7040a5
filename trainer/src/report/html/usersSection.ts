import { emptyNote, section } from './elements.ts';
import { formatCount } from './format.ts';
import { html } from './html.ts';
import type { Html } from './html.ts';
import type { RunReport } from './reportData.ts';

type ExampleUser = RunReport['exampleUsers'][number];

/** Some users with what they rated and what they are served. */
export function usersSection({ exampleUsers }: RunReport): Html {
  if (exampleUsers.length === 0) {
    return section('users', 'Example users', emptyNote('No user has rated a movie that the model knows.'));
  }
  return section(
    'users',
    'Example users',
    html`<p>
      From users with few ratings to users with
      many.${
        exampleUsers.some(({ history }) => history.some(({ adds }) => adds !== undefined))
          ? ' Beside the stars of the latest movies: what a movie adds to the score that the sequence model gives the first one recommended.'
          : ''
      }
    </p>`,
    ...exampleUsers.map(exampleUser),
  );
}

function exampleUser({ userId, ratings, history, recommended }: ExampleUser): Html {
  const id = `user-${userId}`;
  return html`<article aria-labelledby="${id}">
    <h3 id="${id}">User ${userId}, ${formatCount(ratings)} ${ratings === 1 ? 'rating' : 'ratings'}</h3>
    <div class="columns">
      ${movieList(
        'Rated last',
        history.map((movie) => ({ ...movie, figure: historyFigure(movie) })),
      )}
      ${
        recommended.length === 0
          ? emptyNote('Nothing is left to recommend.')
          : movieList(
              'Recommended',
              recommended.map((movie) => ({ ...movie, figure: movie.score.toFixed(3) })),
            )
      }
    </div>
  </article>`;
}

function historyFigure({ stars, adds }: ExampleUser['history'][number]): string {
  const rated = `${stars.toFixed(1)} ★`;
  return adds === undefined ? rated : `${rated} ${adds < 0 ? '−' : '+'}${Math.abs(adds).toFixed(2)}`;
}

function movieList(
  title: string,
  movies: readonly { title: string; genres: string[]; figure: string }[],
): Html {
  return html`<div>
    <h4>${title}</h4>
    <ol>
      ${movies.map(
        (movie) =>
          html`<li>
            <span class="movie">${movie.title} <small>${movie.genres.join(', ')}</small></span>
            <span class="number">${movie.figure}</span>
          </li> `,
      )}
    </ol>
  </div>`;
}
