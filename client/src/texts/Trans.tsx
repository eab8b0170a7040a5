import { Trans as LinguisTrans, type TransProps } from '@lingui/react';
import { createElement } from 'react';

/** Lingui reads tags, and escapes of their characters, in the whole sentence: in the words that it was given, too. */
const READ_AS_MARKUP = /[<\\]/;

/** Stands where `<Trans>` and `<Plural>` are written: values show as they are, whatever people write in them. */
export const Trans = (props: TransProps) =>
  // No tag: the collector of texts would look for one in it.
  createElement(LinguisTrans, { ...props, ...(props.values && { values: asTheyAre(props.values) }) });

/** Values with text that could be read as markup as elements, into which Lingui does not look. */
const asTheyAre = (values: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      typeof value === 'string' && READ_AS_MARKUP.test(value) ? <>{value}</> : value,
    ]),
  );
