import { describe, expect, it } from '@jest/globals';
import { Plural, Trans } from '@lingui/react/macro';
import { renderToStaticMarkup } from 'react-dom/server';
import { Texts } from '../test/Texts.tsx';

const markup = (content: React.ReactNode) => renderToStaticMarkup(<Texts>{content}</Texts>);
const escaped = (text: string) => text.replaceAll('<', '&lt;').replaceAll('>', '&gt;');

describe('the words that a sentence is given', () => {
  it.each(['<b>Nora</b>', '<0>Nora</0>', '<1/>Nora', '<br/>', '\\u003c0>Nora\\u003c/0>', '</0>', 'a < b'])(
    'show as they are: %s',
    (name) => {
      const shown = escaped(name);
      expect(markup(<Trans>For you, {name}</Trans>)).toBe(`For you, ${shown}`);
      expect(
        markup(
          <Trans>
            By <strong>{name}</strong> and <em>{name}</em>
          </Trans>,
        ),
      ).toBe(`By <strong>${shown}</strong> and <em>${shown}</em>`);
      expect(markup(<Plural value={2} one={`one by ${name}`} other={`# by ${name}`} />)).toBe(
        `2 by ${shown}`,
      );
    },
  );
});
