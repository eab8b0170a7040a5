import { useLingui } from '@lingui/react/macro';
import { PageHeading } from '../../components/index.ts';
import { pathNumber, useAddressState } from '../../routing/addressState.ts';
import type { PageAddress } from '../../routing/pageQuery.ts';
import pages from '../layout/pages.module.css';
import { ChoosePerson } from './ChoosePerson.tsx';
import { Comparison } from './Comparison.tsx';
import { comparisonQuery } from './comparisonQuery.ts';

export function queries({ search }: PageAddress) {
  const [one, other] = peopleOf(search);
  return one !== null && other !== null && one !== other ? [comparisonQuery(one, other)] : [];
}

export { privateHead as head } from '../../routing/pageQuery.ts';

/** Compares two people: how alike they are, on what they differ, what both would like. The address names them. */
export default function Compare() {
  const { t } = useLingui();
  const { search } = useAddressState();
  const [one, other] = peopleOf(search);
  const title = t`Two people compared`;
  return (
    <div className={pages.page}>
      <PageHeading title={title} />
      {one === null || other === null || one === other ? (
        <ChoosePerson one={one} />
      ) : (
        <Comparison key={`${one} ${other}`} one={one} other={other} />
      )}
    </div>
  );
}

const peopleOf = (search: URLSearchParams): [number | null, number | null] => [
  pathNumber(search.get('one')),
  pathNumber(search.get('other')),
];
