import { generate } from 'lean-qr';
import { toSvgPath } from 'lean-qr/extras/svg';

/** Clear squares around a code, without which cameras do not find it. */
const MARGIN = 4;

/** A text as a QR code: dark on light in either theme, as cameras want it. */
export default function QrCode({ text, label }: { text: string; label: string }) {
  const code = generate(text);
  const size = code.size + 2 * MARGIN;
  return (
    <svg
      viewBox={`${-MARGIN} ${-MARGIN} ${size} ${size}`}
      role="img"
      aria-label={label}
      shapeRendering="crispEdges"
    >
      <path d={`M${-MARGIN} ${-MARGIN}h${size}v${size}h${-size}z`} fill="#fff" />
      <path d={toSvgPath(code)} fill="#000" />
    </svg>
  );
}
