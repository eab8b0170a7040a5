import { avatarArt } from './avatarArt.ts';
import styles from './Avatar.module.css';

export interface AvatarProps {
  userId: number;
  /** Edge length in CSS pixels. */
  size?: number;
}

/** A user's generated mark: the same id gives the same one. Decorative; the name stands beside it. */
export function Avatar({ userId, size = 40 }: AvatarProps) {
  const { ground, shapes } = avatarArt(userId);
  return (
    <svg className={styles.avatar} viewBox="0 0 40 40" width={size} height={size} aria-hidden="true">
      <path d="M0 0h40v40H0z" fill={ground} />
      {shapes.map(({ d, fill }) => (
        <path key={d} d={d} fill={fill} />
      ))}
    </svg>
  );
}
