import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A film as the double of TMDB knows it. */
export interface DoubleFilm {
  tmdbId: number;
  /** IMDb's number; null where TMDB does not know it. */
  imdbId: number | null;
  title: string;
  year: number;
}

/** A server in this process that answers as TMDB's API and image server do, for the films that it is given. */
export interface TmdbDouble {
  /** The origin to configure, of the API and of the images. */
  url: string;
  /** Key that it takes. */
  key: string;
  /** Paths that were asked for so far, without what stands after `?`. */
  asked(): readonly string[];
  /** Answers with a status, never answers, answers with something other than JSON; null answers as it should. */
  fail(how: number | 'silent' | 'nonsense' | null): void;
  close(): Promise<void>;
}

/** Everybody who plays in the films of the double; the first of them directs. */
const DOUBLE_PEOPLE = [
  'Ida Vance',
  'Tomas Reyle',
  'Mara Okafor',
  'Jun Akita',
  'Lena Brandt',
  'Noor Haddad',
] as const;

const KEY = 'a-key-of-no-use';
const FIRST_PERSON_ID = 9_001;

export async function openTmdbDouble(films: readonly DoubleFilm[]): Promise<TmdbDouble> {
  const asked: string[] = [];
  let failing: Parameters<TmdbDouble['fail']>[0] = null;
  const server = createServer((req, res) => {
    const url = new URL(req.url ?? '/', 'http://double');
    asked.push(url.pathname);
    if (failing === 'silent') return;
    if (failing === 'nonsense') return void res.end('<html>a proxy that knows nothing</html>');
    if (failing !== null) return send(res, failing, { status_message: 'failing' });
    if (url.pathname.startsWith('/t/p/')) return sendImage(res, url.pathname);
    if (!isAllowed(req, url)) return send(res, 401, { status_code: 7, status_message: 'Invalid API key' });
    const answer = answerTo(url, films);
    if (answer) send(res, 200, answer);
    else send(res, 404, { status_code: 34, status_message: 'The resource could not be found.' });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    key: KEY,
    asked: () => asked,
    fail(how) {
      failing = how;
    },
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

const isAllowed = (req: IncomingMessage, url: URL) =>
  url.searchParams.get('api_key') === KEY || req.headers.authorization === `Bearer ${KEY}`;

function send(res: ServerResponse, status: number, body: object): void {
  res.writeHead(status, { 'content-type': 'application/json', 'retry-after': '1' });
  res.end(JSON.stringify(body));
}

/** A flat picture whose colour follows from its path. */
function sendImage(res: ServerResponse, path: string): void {
  const hue = [...path].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 360, 7);
  res.writeHead(200, { 'content-type': 'image/svg+xml' });
  res.end(
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 60" width="400" height="600"><rect width="40" height="60" fill="hsl(${hue} 40% 40%)"/><circle cx="20" cy="24" r="11" fill="hsl(${hue + 60} 60% 70%)"/></svg>`,
  );
}

function answerTo(url: URL, films: readonly DoubleFilm[]): object | null {
  const [, , kind, name] = url.pathname.split('/');
  switch (kind) {
    case 'configuration':
      return { images: { secure_base_url: 'https://image.example/t/p/' } };
    case 'find':
      return {
        movie_results: films
          .filter(({ imdbId }) => imdbId === Number(name?.slice(2)))
          .map(({ tmdbId: id }) => ({ id })),
      };
    case 'movie': {
      const film = films.find(({ tmdbId }) => tmdbId === Number(name));
      return film ? filmAnswer(film) : null;
    }
    case 'person': {
      const place = Number(name) - FIRST_PERSON_ID;
      return DOUBLE_PEOPLE[place] === undefined ? null : personAnswer(place, films);
    }
    case 'search': {
      const text = url.searchParams.get('query')?.toLowerCase() ?? '';
      const found = DOUBLE_PEOPLE.map((_, place) => place).filter((place) =>
        DOUBLE_PEOPLE[place]?.toLowerCase().includes(text),
      );
      return {
        page: 1,
        results: found.map((place) => ({ ...person(place), known_for_department: 'Acting' })),
      };
    }
    default:
      return null;
  }
}

const person = (place: number) => ({
  id: FIRST_PERSON_ID + place,
  name: DOUBLE_PEOPLE[place],
  profile_path: place % 2 === 0 ? `/person${place}.jpg` : null,
});

/** Three play in each film, the next one begins with the next. */
const castOf = ({ tmdbId }: DoubleFilm) => [0, 1, 2].map((step) => (tmdbId + step) % DOUBLE_PEOPLE.length);
const directorOf = ({ tmdbId }: DoubleFilm) => (tmdbId + 3) % DOUBLE_PEOPLE.length;

const service = (name: string) => ({
  provider_name: name,
  logo_path: `/${name.toLowerCase()}.jpg`,
  provider_id: 1,
});

function filmAnswer(film: DoubleFilm) {
  return {
    id: film.tmdbId,
    title: film.title,
    overview: `The synopsis of ${film.title}: somebody sets out, meets with what stands in the way, and comes back another.`,
    tagline: 'Nothing stays as it was.',
    runtime: 90 + (film.tmdbId % 60),
    poster_path: `/poster${film.tmdbId}.jpg`,
    backdrop_path: `/still${film.tmdbId}.jpg`,
    credits: {
      cast: castOf(film).map((place, at) => ({ ...person(place), character: `Part ${at + 1}` })),
      crew: [
        { ...person(directorOf(film)), job: 'Director' },
        { id: 'nobody', name: 7 },
      ],
    },
    videos: {
      results: [
        { site: 'Vimeo', key: '12345678', type: 'Trailer', official: true },
        { site: 'YouTube', key: 'teaser-0000', type: 'Teaser', official: true },
        { site: 'YouTube', key: `trailer-${film.tmdbId % 1000}`, type: 'Trailer', official: true },
      ],
    },
    'watch/providers': {
      results: {
        US: {
          link: 'https://example.com',
          flatrate: [service('Streamly')],
          rent: [service('Rentbox'), service('Kiosk')],
        },
        DE: { link: 'https://example.com', buy: [service('Kaufkino')] },
      },
    },
  };
}

function personAnswer(place: number, films: readonly DoubleFilm[]) {
  const credit = ({ tmdbId: id, title, year }: DoubleFilm) => ({ id, title, release_date: `${year}-05-01` });
  return {
    ...person(place),
    known_for_department: 'Acting',
    biography: `${DOUBLE_PEOPLE[place]} began on a small stage.`,
    movie_credits: {
      cast: films
        .filter((film) => castOf(film).includes(place))
        .map((film) => ({ ...credit(film), character: `Part ${castOf(film).indexOf(place) + 1}` })),
      crew: films
        .filter((film) => directorOf(film) === place)
        .map((film) => ({ ...credit(film), job: 'Director' })),
    },
  };
}
