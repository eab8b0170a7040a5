/** The portal's components: presentation only. They take plain data, never fetch, and link with react-router. */
export { Poster, type PosterProps } from '../posters/Poster.tsx';
export { Avatar, type AvatarProps } from './user/Avatar.tsx';
export {
  Button,
  ButtonLink,
  type ButtonLinkProps,
  type ButtonProps,
  type ButtonVariant,
} from './controls/Button.tsx';
export { formatCount, formatDay, formatMean, formatNumbered, formatStars } from './text/format.ts';
export { GenreChips, type GenreChipsProps } from './genre/GenreChips.tsx';
export { GenreProfile, type GenreProfileProps } from './genre/GenreProfile.tsx';
export { Hero, type HeroProps } from './movie/Hero.tsx';
export { LoadMore, type LoadMoreProps } from './list/LoadMore.tsx';
export { ModelBadge, type ModelBadgeProps } from './page/ModelBadge.tsx';
export { MovieCard, type MovieCardProps } from './movie/MovieCard.tsx';
export { CardGrid, MovieGrid, type MovieGridProps } from './movie/MovieGrid.tsx';
export { MovieRow, type MovieRowProps } from './movie/MovieRow.tsx';
export { PickCard, type PickCardProps } from './movie/PickCard.tsx';
export { RatingHistogram, type RatingHistogramProps } from './rating/RatingHistogram.tsx';
export { RatingInput, type RatingInputProps } from './rating/RatingInput.tsx';
export { RatingStars, type RatingStarsProps } from './rating/RatingStars.tsx';
export { ReasonLine, type ReasonLineProps } from './movie/Reasons.tsx';
export {
  CardSkeleton,
  GridSkeleton,
  HeroSkeleton,
  PageSkeleton,
  RowSkeleton,
  type RowSkeletonProps,
} from './movie/Skeletons.tsx';
export { StatTiles, type Stat } from './page/StatTiles.tsx';
export {
  DegradedNotice,
  EmptyState,
  ErrorState,
  type EmptyStateProps,
  type ErrorStateProps,
} from './page/States.tsx';
export type {
  GenreName,
  GenreShare,
  MovieItem,
  MovieSummary,
  RatingBucket,
  Reason,
  ReasonSubject,
  ServedSummary,
  UserSummary,
} from './types.ts';
export { UserCard } from './user/UserCard.tsx';
export { VisuallyHidden } from './text/VisuallyHidden.tsx';
