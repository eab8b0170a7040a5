import { setupI18n, type I18n, type Messages } from '@lingui/core';
import { browserStorage } from '../state/storedState.ts';

/** The languages that the portal speaks, by their own names. */
export const LANGUAGES = { en: 'English', de: 'Deutsch' } as const;

export type Language = keyof typeof LANGUAGES;

const STORED = 'pocketrocket.language';
const COOKIE_SECONDS = 365 * 24 * 3600;

/** Tells a language of the portal from other text. */
export const isLanguage = (tag: unknown): tag is Language =>
  typeof tag === 'string' && Object.hasOwn(LANGUAGES, tag);

/** The best language for one who prefers `wanted`, the most wanted first; English where none fits. */
export const bestLanguage = (wanted: readonly string[]): Language =>
  wanted.map((tag) => tag.toLowerCase().split('-')[0]).find(isLanguage) ?? 'en';

/** The language in which the document is written; null where it is none of the portal's. */
export function documentsLanguage(): Language | null {
  const { lang } = document.documentElement;
  return isLanguage(lang) ? lang : null;
}

/** Reads the language that the visitor chose, else the one that the browser asks for. */
export function visitorsLanguage(): Language {
  const stored = browserStorage()?.getItem(STORED);
  return isLanguage(stored) ? stored : bestLanguage(navigator.languages);
}

/** The language that was chosen last, which may still be on its way. */
let chosenLast: Language | undefined;

/**
 * Speaks the language of the visitor's choice from now on, and stores it; the last of several choices is the one that holds.
 * @throws where its texts cannot be loaded, and nothing else has been chosen since
 */
export async function chooseLanguage(i18n: I18n, language: Language): Promise<void> {
  chosenLast = language;
  try {
    await loadTexts(i18n, language);
  } catch (error) {
    if (chosenLast === language) throw error;
    return;
  }
  if (chosenLast !== language) return;
  browserStorage()?.setItem(STORED, language);
  // The server renders pages in it.
  document.cookie = `language=${language}; path=/; max-age=${COOKIE_SECONDS}; samesite=lax`;
  i18n.activate(language);
  document.documentElement.lang = language;
}

/** Texts in one language; English stands in the pages themselves, any other is loaded first. */
export async function createTexts(language: Language): Promise<I18n> {
  const i18n = setupI18n({ locale: 'en', messages: { en: {} } });
  await loadTexts(i18n, language);
  i18n.activate(language);
  return i18n;
}

async function loadTexts(i18n: I18n, language: Language): Promise<void> {
  if (language !== 'de') return;
  const { messages } = (await import('./de.po')) as { messages: Messages };
  i18n.load('de', messages);
}
