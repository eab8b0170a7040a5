import { useEffect, useEffectEvent } from 'react';
import { sharedState, useSharedState } from '../state/sharedState.ts';
import { browserStorage } from '../state/storedState.ts';

/** A single key that acts anywhere on the page. */
export interface Shortcut {
  /** As `KeyboardEvent.key` names it. */
  key: string;
  /** Its effect in words, in the visitor’s language, for the list of shortcuts. */
  meaning: string;
  /** Does it; false where there is nothing to do it to, so that the key keeps its usual effect. */
  act: () => boolean | void;
}

interface Listed {
  key: string;
  meaning: string;
}

interface Registration {
  shortcuts: readonly Listed[];
  press: (key: string) => boolean;
}

let registrations: readonly Registration[] = [];
const NONE: readonly Listed[] = [];
const listed = sharedState(NONE);

/** The key in the browser's storage that is there while all shortcuts are off, as for who speaks to the computer: words are keys then. */
export const SHORTCUTS_OFF = 'pocketrocket.shortcutsOff';

/** Fields in which keys are text or move a value. */
const TYPED_IN =
  'input:not([type=checkbox], [type=radio], [type=range]), select, textarea, dialog, [contenteditable]';

/**
 * Registers keys for as long as the component is shown; where several have one, the last registered acts first. Keys are left alone while
 * someone types, holds Ctrl, Alt or Meta, or has a dialog open, and where they are switched off.
 */
export function useShortcuts(shortcuts: readonly Shortcut[]): void {
  const press = useEffectEvent((key: string) =>
    shortcuts.some((shortcut) => shortcut.key === key && shortcut.act() !== false),
  );
  const list = JSON.stringify(shortcuts.map(({ key, meaning }) => ({ key, meaning })));
  useEffect(() => register({ shortcuts: JSON.parse(list) as Listed[], press: (key) => press(key) }), [list]);
}

/** The keys that act at present, each once, in the order in which they were registered. */
export const useListedShortcuts = (): readonly Listed[] => useSharedState(listed, NONE);

function register(registration: Registration): () => void {
  if (registrations.length === 0) document.addEventListener('keydown', onKeyDown);
  replace([...registrations, registration]);
  return () => {
    replace(registrations.filter((other) => other !== registration));
    if (registrations.length === 0) document.removeEventListener('keydown', onKeyDown);
  };
}

function replace(next: readonly Registration[]): void {
  registrations = next;
  const byKey = new Map(next.flatMap(({ shortcuts }) => shortcuts.map((each) => [each.key, each] as const)));
  listed.set([...byKey.values()]);
}

function onKeyDown(event: KeyboardEvent): void {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || event.isComposing) return;
  if (event.target instanceof Element && event.target.closest(TYPED_IN)) return;
  if (browserStorage()?.getItem(SHORTCUTS_OFF)) return;
  if (registrations.toReversed().some(({ press }) => press(event.key))) event.preventDefault();
}
