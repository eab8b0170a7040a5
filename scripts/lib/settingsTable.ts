import { AppError, SETTINGS, type SettingDescription } from '@pocketrocket/runtime';

const BEGIN = '<!-- settings:begin -->';
const END = '<!-- settings:end -->';

/** The page with the table of all settings between its two marks. @throws AppError BAD_DATA where a mark is missing */
export function withSettings(page: string, settings: readonly SettingDescription[] = SETTINGS): string {
  const begin = page.indexOf(BEGIN);
  const end = page.indexOf(END, begin);
  if (begin < 0 || end < 0) throw new AppError('BAD_DATA', `the page needs the marks ${BEGIN} and ${END}`);
  return `${page.slice(0, begin)}${BEGIN}\n${settingsTable(settings)}${page.slice(end)}`;
}

function settingsTable(settings: readonly SettingDescription[]): string {
  const rows = settings.map(({ name, defaultText, description }) =>
    [`\`${name}\``, defaultText ? `\`${defaultText}\`` : 'none', description].map(escaped).join(' | '),
  );
  return ['Setting | Default | Meaning', '--- | --- | ---', ...rows].map((row) => `| ${row} |\n`).join('');
}

function escaped(cell: string): string {
  return cell.replaceAll('|', '\\|');
}
