/**
 * `<because-you-watched api="https://films.example/graphql" movie="1">`: films that the same people watch. One script tag defines it:
 *
 *     <script src="because-you-watched.js" defer></script>
 *
 * Attributes: `api`, the endpoint; `movie`, the film's number, or `imdb`, its IMDb id; `count`, how many films (6); `link`, an address
 * with `{id}` where the film's number goes. Its parts can be styled: `::part(list)`, `::part(film)`, `::part(heading)`.
 */
import { PocketRocket } from '@pocketrocket/sdk';

const STYLE = `
  :host { display: block; font: inherit }
  h2 { font-size: 1.1em; margin: 0 0 .5em }
  ul { display: grid; grid-template-columns: repeat(auto-fill, minmax(9em, 1fr)); gap: .75em; list-style: none; margin: 0; padding: 0 }
  li { border: 1px solid color-mix(in srgb, currentColor 25%, transparent); border-radius: .4em; padding: .6em }
  a { color: inherit }
  small { display: block; opacity: .7 }
`;

class BecauseYouWatched extends HTMLElement {
  static readonly observedAttributes = ['api', 'movie', 'imdb', 'count', 'link'];
  #shown: AbortController | null = null;

  connectedCallback(): void {
    void this.#show();
  }

  disconnectedCallback(): void {
    this.#shown?.abort();
  }

  attributeChangedCallback(): void {
    if (this.isConnected) void this.#show();
  }

  async #show(): Promise<void> {
    this.#shown?.abort();
    const { signal } = (this.#shown = new AbortController());
    const root = this.shadowRoot ?? this.attachShadow({ mode: 'open' });
    try {
      const found = await this.#films(signal);
      if (signal.aborted) return;
      root.replaceChildren(element('style', STYLE), ...(found ? this.#content(found) : []));
      this.dispatchEvent(new CustomEvent('shown', { detail: { count: found?.similar?.length ?? 0 } }));
    } catch (error) {
      if (signal.aborted) return;
      // A page without it is better than a page with an error.
      root.replaceChildren();
      this.dispatchEvent(new CustomEvent('failed', { detail: error }));
    }
  }

  /** The film with those like it; null where there is none. */
  async #films(signal: AbortSignal) {
    const client = new PocketRocket({ url: this.getAttribute('api') ?? '/graphql' });
    const first = Number(this.getAttribute('count') ?? 6);
    const imdbId = this.getAttribute('imdb');
    const movieId =
      imdbId === null
        ? Number(this.getAttribute('movie'))
        : (await client.movie({ imdbId }, { signal }))?.movieId;
    return movieId === undefined ? null : client.similarMovies(movieId, { first, signal });
  }

  #content({ title, similar }: Films): HTMLElement[] {
    const films = (similar ?? []).map(({ movie }) => {
      const item = element('li');
      item.part.add('film');
      item.append(this.#link(movie), element('small', movie.releaseYear?.toString() ?? ''));
      return item;
    });
    if (films.length === 0) return [];
    const heading = element('h2', `Because you watched ${title}`);
    heading.part.add('heading');
    const list = element('ul');
    list.part.add('list');
    list.append(...films);
    return [heading, list];
  }

  #link({ movieId, title }: { movieId: number; title: string }): HTMLElement {
    const address = this.getAttribute('link');
    if (address === null) return element('span', title);
    const link = element('a', title);
    link.setAttribute('href', address.replace('{id}', String(movieId)));
    return link;
  }
}

type Films = NonNullable<Awaited<ReturnType<PocketRocket['similarMovies']>>>;

function element(name: string, text = ''): HTMLElement {
  const made = document.createElement(name);
  made.textContent = text;
  return made;
}

customElements.define('because-you-watched', BecauseYouWatched);
