import { scaleLinear, scalePoint } from '@visx/scale';
import { useState, type ReactNode } from 'react';
import styles from './charts.module.css';
import { useWidth } from './useWidth.ts';

export interface Line {
  name: string;
  /** One value for each place; null where there is none. */
  values: readonly (number | null)[];
  /** Drawn dashed and in a quiet colour. */
  isBaseline?: boolean;
}

interface LineChartProps {
  /** Tells what is drawn; a table beside the chart tells the same figures. */
  label: string;
  /** The places from left to right. */
  places: readonly string[];
  lines: readonly Line[];
  format: (value: number) => string;
  /** Names a place, above the figures that are read off there. */
  placeName: (place: string) => ReactNode;
}

const HEIGHT = 240;
const MARGIN = { top: 12, right: 16, bottom: 28, left: 48 };
/** The room that the name of a place takes, in pixels. */
const PLACE_WIDTH = 44;

/** Lines over places in order, such as versions; what is pointed at is read off above, the last place otherwise. */
export function LineChart({ label, places, lines, format, placeName }: LineChartProps) {
  const [frame, width] = useWidth<HTMLDivElement>(640);
  const [pointed, setPointed] = useState<number>();
  const inner = { width: Math.max(1, width - MARGIN.left - MARGIN.right), bottom: HEIGHT - MARGIN.bottom };
  const x = scalePoint({
    domain: [...places],
    range: [MARGIN.left, MARGIN.left + inner.width],
    padding: 0.2,
  });
  const y = scaleLinear({ domain: domainOf(lines), range: [inner.bottom, MARGIN.top], nice: true });
  const at = Math.min(pointed ?? places.length - 1, places.length - 1);
  const place = places[at];
  const every = Math.ceil(places.length / Math.max(1, Math.floor(inner.width / PLACE_WIDTH)));

  return (
    <figure className={styles.figure}>
      <p className={styles.readout}>
        {place !== undefined && <strong>{placeName(place)}</strong>}
        {lines.map(({ name, values, isBaseline }) => (
          <span key={name} className={isBaseline ? styles.baselineKey : styles.valueKey}>
            {name} <b>{valueText(values[at], format)}</b>
          </span>
        ))}
      </p>
      <div ref={frame} className={styles.frame}>
        <svg
          className={styles.chart}
          width={width}
          height={HEIGHT}
          role="img"
          aria-label={label}
          onPointerMove={({ nativeEvent }) =>
            setPointed(
              nearest(
                places.map((one) => x(one) ?? 0),
                nativeEvent.offsetX,
              ),
            )
          }
          onPointerLeave={() => setPointed(undefined)}
        >
          {y.ticks(4).map((tick) => (
            <g key={tick} transform={`translate(0 ${y(tick)})`}>
              <line className={styles.grid} x1={MARGIN.left} x2={MARGIN.left + inner.width} />
              <text className={styles.tick} x={MARGIN.left - 8} dy="0.32em" textAnchor="end">
                {format(tick)}
              </text>
            </g>
          ))}
          {places.map((one, index) =>
            (places.length - 1 - index) % every === 0 ? (
              <text key={one} className={styles.tick} x={x(one)} y={HEIGHT - 8} textAnchor="middle">
                {one}
              </text>
            ) : null,
          )}
          {place !== undefined && (
            <line className={styles.marker} x1={x(place)} x2={x(place)} y1={MARGIN.top} y2={inner.bottom} />
          )}
          {lines.map(({ name, values, isBaseline }) => (
            <g key={name} className={isBaseline ? styles.baseline : styles.value}>
              <path d={pathOf(values, (index) => x(places[index] ?? '') ?? 0, y)} />
              {values.map((value, index) =>
                value === null ? null : (
                  <circle
                    key={places[index]}
                    cx={x(places[index] ?? '')}
                    cy={y(value)}
                    r={index === at ? 5 : 3}
                  />
                ),
              )}
            </g>
          ))}
        </svg>
      </div>
    </figure>
  );
}

const valueText = (value: number | null | undefined, format: (value: number) => string): string =>
  value === null || value === undefined ? '–' : format(value);

/** From 0, so that heights compare, to a little more than the largest value. */
function domainOf(lines: readonly Line[]): [number, number] {
  const values = lines.flatMap((line) => line.values.filter((value) => value !== null));
  return [0, Math.max(0.01, ...values) * 1.05];
}

/** The line through the values, with gaps where there is none. */
function pathOf(
  values: readonly (number | null)[],
  x: (index: number) => number,
  y: (value: number) => number,
): string {
  let isBroken = true;
  return values
    .map((value, index) => {
      if (value === null) {
        isBroken = true;
        return '';
      }
      const step = `${isBroken ? 'M' : 'L'}${x(index)} ${y(value)}`;
      isBroken = false;
      return step;
    })
    .join('');
}

/** The index of the place nearest to a position. */
export function nearest(positions: readonly number[], position: number): number {
  let best = 0;
  for (const [index, one] of positions.entries())
    if (Math.abs(one - position) < Math.abs((positions[best] ?? 0) - position)) best = index;
  return best;
}
