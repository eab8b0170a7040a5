import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import { useLingui } from '@lingui/react';

/** From the most alike: the similarity from which on the words hold. */
const WORDS: readonly (readonly [from: number, words: MessageDescriptor])[] = [
  [0.4, msg`Almost the same taste`],
  [0.2, msg`Much alike`],
  [0.08, msg`Somewhat alike`],
  [-0.08, msg`Neither alike nor opposite`],
  [-0.2, msg`Rather different`],
  [-1, msg`Opposite tastes`],
];

/** Says in words how alike two people are. @param similarity −1 to 1, as the API says */
export function likenessOf(similarity: number, commonCount: number): MessageDescriptor {
  if (commonCount === 0) return msg`Nothing to compare yet`;
  return WORDS.find(([from]) => similarity >= from)?.[1] ?? msg`Opposite tastes`;
}

/** The same in the reader's language, and as a share of a scale from opposite to alike. */
export function useLikeness(similarity: number, commonCount: number): { words: string; share: number } {
  const { i18n } = useLingui();
  return { words: i18n._(likenessOf(similarity, commonCount)), share: (similarity + 1) / 2 };
}
