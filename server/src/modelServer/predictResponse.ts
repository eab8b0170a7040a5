import type { DenseTensor } from './tensors.ts';

/**
 * The answer to a predict request; a single output goes without its name.
 * @param output [n, 1]
 */
export function predictResponse(format: 'row' | 'columnar', { data }: DenseTensor): string {
  const rows = Array.from(data, (value) => `[${decimal(value)}]`).join(', ');
  return `{"${format === 'row' ? 'predictions' : 'outputs'}": [${rows}]}`;
}

const { fround, round } = Math;

/**
 * A float32 as TensorFlow Serving writes it: six digits where they are enough to read the same number back, else nine, never
 * without a point or exponent, and NaN and Infinity as such; source: `WriteDecimal` in tensorflow/serving's util/json_tensor.cc.
 */
export function decimal(value: number): string {
  // Most probabilities; five hundred of them come with every list.
  if (value >= 1e-4 && value < 0.999) return formatFraction(value);
  if (!Number.isFinite(value)) return String(value);
  const short = significant(value, 6);
  const text = fround(Number(short)) === value ? short : significant(value, 9);
  return /[.e]/.test(text) ? text : `${text}.0`;
}

/** Writes 0.0001 … 0.999 as {@link decimal} does, by whole numbers: some ten times faster. */
function formatFraction(value: number): string {
  // So many digits behind the point that nine of them are significant.
  const digits = value >= 0.1 ? 9 : value >= 0.01 ? 10 : value >= 0.001 ? 11 : 12;
  const scale = 10 ** digits;
  const six = round((value * scale) / 1000);
  if (fround((six * 1000) / scale) === value) return fractionOf(six, digits - 3);
  return fractionOf(round(value * scale), digits);
}

function fractionOf(numerator: number, digits: number): string {
  return trimmed(`0.${String(numerator).padStart(digits, '0')}`);
}

/** `printf("%.*g")`. */
function significant(value: number, digits: number): string {
  if (value === 0) return Object.is(value, -0) ? '-0' : '0';
  const [mantissa = '', exponent = '0'] = value.toExponential(digits - 1).split('e');
  const power = Number(exponent);
  if (power >= -4 && power < digits) return trimmed(value.toFixed(digits - 1 - power));
  const size = String(Math.abs(power)).padStart(2, '0');
  return `${trimmed(mantissa)}e${power < 0 ? '-' : '+'}${size}`;
}

/** Without zeros at the end. */
function trimmed(text: string): string {
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}
