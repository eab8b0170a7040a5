import { useQuery } from '@apollo/client/react';
import { useLingui } from '@lingui/react/macro';
import {
  FilterChips,
  filterParams,
  FilterPanel,
  filtersOf,
  Select,
  type FilterProps,
  type Filters,
} from '../../components/index.ts';
import type { SearchUpdate } from '../../routing/addressState.ts';
import { GenresQuery } from './filmQueries.ts';
import styles from './FilmList.module.css';
import { JumpTo } from './JumpTo.tsx';
import type { FilmPages } from './useFilmPages.ts';

interface FilmToolsProps<Order extends string> {
  pages: FilmPages;
  order: Order;
  /** Each order in words; the first one is that of an address without any. */
  orders: Readonly<Record<Order, string>>;
  filters: Filters;
  /** Without it genres are no filter. */
  withGenres?: boolean;
  /** Changes the address, as a step that Back takes back. */
  onChange: (update: SearchUpdate) => void;
}

/** The order and the filters of a list of films, which stand in the address. */
export function FilmTools<Order extends string>(props: FilmToolsProps<Order>) {
  const { pages, order, orders, filters, withGenres = false, onChange } = props;
  const { t } = useLingui();
  const { data } = useQuery(GenresQuery, { skip: !withGenres });
  const [usual] = Object.keys(orders);
  const filterProps: FilterProps = {
    filters,
    onChange: (change) => onChange((search) => filterParams(change(filtersOf(search)))),
  };
  return (
    <div className={styles.tools}>
      <Select
        label={t`Sort by`}
        value={order}
        options={orders}
        onChange={(chosen) => onChange({ order: chosen === usual ? null : chosen })}
      />
      <JumpTo total={pages.total ?? 0} onJump={(index) => pages.grid.current?.showEntry(index)} />
      <FilterPanel
        {...filterProps}
        {...(withGenres && { genres: data?.genres?.map(({ name }) => name) ?? [] })}
      />
      <FilterChips {...filterProps} />
    </div>
  );
}
