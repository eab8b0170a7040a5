import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from '@jest/globals';
import { renderToStaticMarkup } from 'react-dom/server';
import { SearchForm } from '../../search/SearchForm.tsx';
import { Form, SubmitButton } from './Form.tsx';

const SOURCES = fileURLToPath(new URL('../..', import.meta.url));

it('sends nothing in an address, and nothing at all before React has the page', () => {
  const html = renderToStaticMarkup(
    <Form>
      <SubmitButton>Sign in</SubmitButton>
    </Form>,
  );
  expect(html).toMatch(/^<form method="post"><button [^>]*type="submit"[^>]*>Sign in<\/button><\/form>$/);
  expect(html).toMatch(/<button [^>]*disabled=""/);
});

it('leads to the results of a search before React has the page', () => {
  const html = renderToStaticMarkup(
    <SearchForm>
      <input name="q" />
    </SearchForm>,
  );
  for (const attribute of ['role="search"', 'method="get"', 'action="/search"'])
    expect(/^<form [^>]*>/.exec(html)?.[0]).toContain(attribute);
});

it('is every form of the portal, with its button', () => {
  const files = readdirSync(SOURCES, { recursive: true, encoding: 'utf8' }).filter(
    (file) => file.endsWith('.tsx') && !/^(?:pages.forms.Form|search.SearchForm)\./.test(file),
  );
  expect(files.length).toBeGreaterThan(100);
  const own = files.filter((file) =>
    /<form\b|type="submit"|\bform(?:Method|Action)=/.test(readFileSync(join(SOURCES, file), 'utf8')),
  );
  expect(own).toEqual([]);
});
