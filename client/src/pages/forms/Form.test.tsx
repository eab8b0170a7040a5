import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from '@jest/globals';
import { renderToStaticMarkup } from 'react-dom/server';
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

it('is every form of the portal, with its button', () => {
  const files = readdirSync(SOURCES, { recursive: true, encoding: 'utf8' }).filter(
    (file) => file.endsWith('.tsx') && !/^pages.forms.Form\./.test(file),
  );
  expect(files.length).toBeGreaterThan(100);
  const own = files.filter((file) =>
    /<form\b|type="submit"|\bform(?:Method|Action)=/.test(readFileSync(join(SOURCES, file), 'utf8')),
  );
  expect(own).toEqual([]);
});
