import { useLingui } from '@lingui/react';
import { formatsOf, type Formats } from './formats.ts';

/** Numbers, ratings and days as the reader's language writes them. */
export const useFormats = (): Formats => formatsOf(useLingui().i18n.locale);
