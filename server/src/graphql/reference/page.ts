import { AppError } from '@pocketrocket/runtime';

/**
 * The page with its generated parts between their marks, `<!-- name:begin -->` and `<!-- name:end -->`.
 * @throws AppError BAD_DATA where a mark is missing
 */
export function withParts(page: string, parts: Readonly<Record<string, string>>): string {
  return Object.entries(parts).reduce((current, [name, part]) => {
    const [begin, end] = [`<!-- ${name}:begin -->`, `<!-- ${name}:end -->`];
    const from = current.indexOf(begin);
    const to = current.indexOf(end, from);
    if (from < 0 || to < 0) throw new AppError('BAD_DATA', `the page needs the marks ${begin} and ${end}`);
    return `${current.slice(0, from)}${begin}\n\n${part.trimEnd()}\n\n${current.slice(to)}`;
  }, page);
}
