import { describe, expect, it } from '@jest/globals';
import { readConfig } from './config.ts';

describe('readConfig', () => {
  it('asks the API on the portal’s own origin unless told otherwise', () => {
    expect(readConfig(undefined)).toEqual({ apiUrl: '/graphql' });
    expect(readConfig({})).toEqual({ apiUrl: '/graphql' });
    expect(readConfig({ apiUrl: 'https://api.example.org/graphql' }).apiUrl).toBe(
      'https://api.example.org/graphql',
    );
  });

  it('refuses what is no address', () => {
    expect(() => readConfig({ apiUrl: 4000 })).toThrow();
    expect(() => readConfig({ apiUrl: '' })).toThrow();
  });
});
