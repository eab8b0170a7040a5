export type VoiceName = 'grotesque' | 'wide' | 'condensed' | 'serif';

/** How a title is set. Lengths in em. */
export interface Voice {
  readonly family: string;
  readonly weight: number;
  /** `font-stretch` in percent. */
  readonly stretch: number;
  readonly uppercase: boolean;
  readonly leading: number;
  readonly tracking: number;
  /** Largest size in poster units, 400 to a poster's width. */
  readonly maxSize: number;
}

export const VOICES: Readonly<Record<VoiceName, Voice>> = {
  grotesque: {
    family: 'Archivo Variable',
    weight: 800,
    stretch: 100,
    uppercase: false,
    leading: 0.98,
    tracking: -0.02,
    maxSize: 74,
  },
  wide: {
    family: 'Archivo Variable',
    weight: 700,
    stretch: 125,
    uppercase: true,
    leading: 1.05,
    tracking: 0.02,
    maxSize: 40,
  },
  condensed: {
    family: 'Archivo Variable',
    weight: 900,
    stretch: 62,
    uppercase: true,
    leading: 0.86,
    tracking: -0.01,
    maxSize: 120,
  },
  serif: {
    family: 'Instrument Serif',
    weight: 400,
    stretch: 100,
    uppercase: false,
    leading: 0.96,
    tracking: -0.012,
    maxSize: 84,
  },
};
