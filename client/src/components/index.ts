/** The portal's components: presentation only. They take plain data, never fetch, and link with react-router. */
export { Poster } from '../posters/Poster.tsx';
export { Avatar } from './user/Avatar.tsx';
export { Button, ButtonLink } from './controls/Button.tsx';
export { Select } from './controls/Select.tsx';
export { Slider } from './controls/Slider.tsx';
export { FilterChips } from './filters/FilterChips.tsx';
export { FilterPanel, type FilterProps } from './filters/FilterPanel.tsx';
export { filterParams, filtersOf, NO_FILTERS, toMovieFilter, type Filters } from './filters/filters.ts';
export { GenreChips } from './genre/GenreChips.tsx';
export { GenreProfile } from './genre/GenreProfile.tsx';
export { Hero } from './movie/Hero.tsx';
export { Former } from './list/Former.tsx';
export { VirtualGrid, type VirtualGridHandle } from './list/VirtualGrid.tsx';
export { ListSection } from './list/ListSection.tsx';
export { LoadMore } from './list/LoadMore.tsx';
export { useAnswer } from './list/useAnswer.ts';
export { usePagedList } from './list/usePagedList.ts';
export { DatasetName } from './page/DatasetName.tsx';
export { ModelBadge } from './page/ModelBadge.tsx';
export {
  provideCardControls,
  setHidden,
  showAll,
  useDismissed,
  type CardControlsProps,
} from './movie/cardExtras.ts';
export { placeBeside } from './movie/placeBeside.ts';
export { MovieCard, type MovieItem, type MovieSummary } from './movie/MovieCard.tsx';
export { CardGrid, MovieGrid } from './movie/MovieGrid.tsx';
export { MovieRow } from './movie/MovieRow.tsx';
export { PageHeading } from './page/PageHeading.tsx';
export { PickCard } from './movie/PickCard.tsx';
export { QueryError, type QueryErrorProps } from './page/QueryError.tsx';
export { ShowQuery } from './query/ShowQuery.tsx';
export { RatingHistogram } from './rating/RatingHistogram.tsx';
export { RatingInput } from './rating/RatingInput.tsx';
export { RatingStars } from './rating/RatingStars.tsx';
export type { Reason } from './movie/Reasons.tsx';
export { SectionBoundary } from './page/SectionBoundary.tsx';
export { GridSkeleton, HeroSkeleton, PageSkeleton, RowSkeleton } from './movie/Skeletons.tsx';
export { StatTiles } from './page/StatTiles.tsx';
export { SearchTooLong } from './page/SearchTooLong.tsx';
export { DegradedNotice, EmptyState, ErrorState, NothingLeft } from './page/States.tsx';
export { showToast, toasts } from './toast/toasts.ts';
export { Toasts } from './toast/Toasts.tsx';
export { UserCard } from './user/UserCard.tsx';
