import { useQuery } from '@apollo/client/react';
import { Trans, useLingui } from '@lingui/react/macro';
import type { ProblemKind } from '@pocketrocket/formats';
import { EmptyState, ShowQuery, StatTiles } from '../../../components/index.ts';
import { useFigures } from '../../../components/text/figures.ts';
import type { AdminDataQuery } from '../../../gql/graphql.ts';
import { graphql } from '../../../gql/index.ts';
import { pageQuery } from '../../../routing/pageQuery.ts';
import { useFormats } from '../../../texts/useFormats.ts';
import { AdminPart } from '../parts/AdminPart.tsx';
import { Panel } from '../parts/Panel.tsx';
import parts from '../parts/parts.module.css';
import { Table } from '../parts/Table.tsx';
import { Exports } from './Exports.tsx';
import { SKIPPED } from './skippedRows.ts';

const DataQuery = graphql(/* GraphQL */ `
  query AdminData {
    admin {
      catalogue {
        dataset
        importedAt
        movieCount
        genreCount
        userCount
        accountCount
        appUserCount
        appMovieCount
        ratingCount
        withoutGenresCount
        withoutYearCount
        withoutRatingsCount
        unknownToModelCount
        placedByContentCount
      }
      imports(first: 50) {
        dataImportId
        dataset
        status
        finishedAt
        movieCount
        userCount
        ratingCount
        skipped {
          kind
          count
        }
      }
    }
  }
`);

const dataQuery = pageQuery(DataQuery, {});

type Data = NonNullable<AdminDataQuery['admin']>;

/** The catalogue with what it lacks, the imports that made it, and exports. */
export default function Data() {
  const { t } = useLingui();
  const [query, options] = dataQuery;
  const result = useQuery(query, { ...options, fetchPolicy: 'cache-and-network' });
  return (
    <>
      <AdminPart result={result} errorTitle={t`The data did not load`}>
        {({ catalogue, imports }) => (
          <div>
            <Catalogue catalogue={catalogue} />
            <Imports imports={imports} />
          </div>
        )}
      </AdminPart>
      <Exports />
    </>
  );
}

function Catalogue({ catalogue }: Pick<Data, 'catalogue'>) {
  const { t } = useLingui();
  const { formatCount } = useFormats();
  const { formatMoment } = useFigures();
  const { dataset, importedAt } = catalogue;
  return (
    <Panel
      title={t`Catalogue`}
      lead={
        dataset === null || importedAt === null ? (
          <Trans>The database holds no data set yet.</Trans>
        ) : (
          <Trans>
            Data set {dataset}, imported {formatMoment(importedAt)}.
          </Trans>
        )
      }
      actions={<ShowQuery query={dataQuery} of={t`Catalogue`} />}
    >
      <StatTiles
        stats={[
          { label: t`films`, value: formatCount(catalogue.movieCount) },
          { label: t`genres`, value: formatCount(catalogue.genreCount) },
          { label: t`people of the data set`, value: formatCount(catalogue.userCount) },
          { label: t`ratings`, value: formatCount(catalogue.ratingCount) },
          { label: t`accounts`, value: formatCount(catalogue.accountCount) },
          { label: t`people of apps`, value: formatCount(catalogue.appUserCount) },
          { label: t`films with ids of apps`, value: formatCount(catalogue.appMovieCount) },
        ]}
      />
      <h3>
        <Trans>What films lack</Trans>
      </h3>
      <Table caption={t`What films lack`} head={[t`Films`, t`Number`, t`What follows`]}>
        <Lack
          name={t`without a genre`}
          count={catalogue.withoutGenresCount}
          follows={t`Filters by genre never find them.`}
        />
        <Lack
          name={t`without a year`}
          count={catalogue.withoutYearCount}
          follows={t`Filters by year never find them.`}
        />
        <Lack
          name={t`that nobody has rated`}
          count={catalogue.withoutRatingsCount}
          follows={t`Only their genres and years say whom they are for.`}
        />
        <Lack
          name={t`unknown to the model`}
          count={catalogue.unknownToModelCount}
          follows={t`They are in no list but those of popular films; the next training learns them.`}
        />
        <Lack
          name={t`placed by content`}
          count={catalogue.placedByContentCount}
          follows={t`They came after the training, and stand in lists by their genres and years.`}
        />
      </Table>
    </Panel>
  );
}

function Lack({ name, count, follows }: { name: string; count: number; follows: string }) {
  const { formatCount } = useFormats();
  return (
    <tr>
      <th scope="row">{name}</th>
      <td>{formatCount(count)}</td>
      <td>{follows}</td>
    </tr>
  );
}

function Imports({ imports }: Pick<Data, 'imports'>) {
  const { t } = useLingui();
  return (
    <Panel title={t`Imports`} lead={<Trans>Latest first, with what could not be used.</Trans>}>
      {imports.length === 0 ? (
        <EmptyState title={t`Nothing was imported yet`}>
          <Trans>The command npm run seed imports a data set.</Trans>
        </EmptyState>
      ) : (
        <ol className={parts.cards}>
          {imports.map((one) => (
            <Import key={one.dataImportId} {...one} />
          ))}
        </ol>
      )}
    </Panel>
  );
}

function Import({
  dataset,
  status,
  finishedAt,
  movieCount,
  userCount,
  ratingCount,
  skipped,
}: Data['imports'][number]) {
  const { t, i18n } = useLingui();
  const { formatCount } = useFormats();
  const { formatMoment } = useFigures();
  const leftOut = skipped.filter(({ count }) => count > 0);
  return (
    <li className={parts.card}>
      <div className={parts.cardHead}>
        <h3>{dataset}</h3>
        <span className={parts.chip}>
          {status === 'replaced' ? t`replaced another` : t`into an empty database`}
        </span>
      </div>
      <p className={parts.soft}>
        <Trans>
          Done {formatMoment(finishedAt)}: {formatCount(movieCount)} films, {formatCount(userCount)} people,{' '}
          {formatCount(ratingCount)} ratings.
        </Trans>
      </p>
      {leftOut.length === 0 ? (
        <p>
          <Trans>Everything could be used.</Trans>
        </p>
      ) : (
        <Table caption={t`What could not be used of ${dataset}`} head={[t`What`, t`Rows`]}>
          {leftOut.map(({ kind, count }) => (
            <tr key={kind}>
              <th scope="row">{kind in SKIPPED ? i18n._(SKIPPED[kind as ProblemKind]) : kind}</th>
              <td>{formatCount(count)}</td>
            </tr>
          ))}
        </Table>
      )}
    </li>
  );
}
