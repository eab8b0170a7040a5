/** Articles before titles, in lower case, by language: English, French, German, Spanish, Italian, Portuguese, Dutch and Scandinavian. */
export const ARTICLES: readonly string[] = [
  'the a an da',
  'le la les l un une',
  'der die das den ein eine',
  'el los las lo una unos unas',
  'il i gli uno',
  'o os as um uma',
  'de het een det en et ett',
].flatMap((language) => language.split(' '));
