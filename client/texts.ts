/** `npm run texts -w client`: collects the texts of the sources in the catalogues; `--check` only compares, and names what is not translated. */
import { getCatalogs } from '@lingui/cli/api';
import { getConfig } from '@lingui/conf';

const config = getConfig({ cwd: import.meta.dirname });
const { locales, sourceLocale } = config;

for (const catalog of await getCatalogs(config)) {
  if (!process.argv.includes('--check')) {
    await catalog.make({ clean: true, overwrite: false, locale: locales, orderBy: config.orderBy });
    continue;
  }
  const collected = Object.keys((await catalog.collect()) ?? {});
  for (const locale of locales) {
    const stored = await catalog.read(locale);
    const added = collected.filter((id) => !stored?.[id]).length;
    const gone = Object.keys(stored ?? {}).filter((id) => !collected.includes(id)).length;
    if (added + gone > 0)
      fail(`${locale}: ${added} texts are new and ${gone} gone\nrun: npm run texts -w client`);
    if (locale === sourceLocale) continue;
    for (const { message, translation } of Object.values(stored ?? {}))
      if (!translation) fail(`${locale}: not translated in client/src/texts/${locale}.po: ${message ?? ''}`);
  }
}

function fail(problem: string): void {
  process.stderr.write(`${problem}\n`);
  process.exitCode = 1;
}
