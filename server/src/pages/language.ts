const MAX_HEADER = 300;

/** The parts of a request that say in which language its answer is to be. */
export interface LanguageWishes {
  /** The address's query. */
  search: string;
  cookie: string | undefined;
  acceptLanguage: string | undefined;
}

/** The best of the known languages: as the address says, else as the visitor chose before, else as the browser is set; the first of all. */
export function languageFor(wishes: LanguageWishes, known: readonly string[]): string {
  const { search, cookie = '', acceptLanguage = '' } = wishes;
  const asked = new URLSearchParams(search).get('lang');
  const chosen = /(?:^|;\s*)language=([\w-]{1,20})(?:;|$)/.exec(cookie)?.[1];
  const wanted = [asked, chosen, ...preferred(acceptLanguage.slice(0, MAX_HEADER))];
  for (const tag of wanted) {
    const language = tag?.toLowerCase().split('-', 1)[0];
    if (language !== undefined && known.includes(language)) return language;
  }
  return known[0] ?? 'en';
}

/** The tags of an `Accept-Language` header, the most wanted first. */
function preferred(header: string): string[] {
  return header
    .split(',')
    .map((entry) => {
      const [tag = '', ...parameters] = entry.split(';').map((part) => part.trim());
      const quality = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2);
      return { tag, weight: quality === undefined ? 1 : Number(quality) };
    })
    .filter(({ weight }) => weight > 0)
    .sort((one, other) => other.weight - one.weight)
    .map(({ tag }) => tag);
}
