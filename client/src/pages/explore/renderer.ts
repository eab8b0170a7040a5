import { Geometry, Mesh, Program, Renderer } from 'ogl';
import { genreRgb } from './colours.ts';
import type { MovieMap } from './movieMap.ts';
import type { Projection, Size } from './view.ts';

/** The films that stand out, by movie id. */
export interface Emphasis {
  /** Index of the one genre that is shown in colour; null for all. */
  genre: number | null;
  /** The chosen film and its neighbours. */
  lit: ReadonlySet<number>;
  /** Films that the visitor has rated or picked; they get a ring. */
  own: ReadonlySet<number>;
}

export interface MapRenderer {
  setMap: (map: MovieMap) => void;
  setEmphasis: (emphasis: Emphasis) => void;
  resize: (size: Size) => void;
  draw: (projection: Projection, zoom: number) => void;
  dispose: () => void;
}

const VERTEX = /* glsl */ `
  attribute vec2 position;
  attribute vec3 colour;
  attribute float weight;
  attribute float state;
  uniform vec2 uScale;
  uniform vec2 uOffset;
  uniform float uSize;
  varying vec3 vColour;
  varying float vState;
  varying float vPixels;
  void main() {
    gl_Position = vec4(position * uScale + uOffset, 0.0, 1.0);
    float grown = state >= 2.0 ? 1.7 : 1.0;
    vPixels = uSize * (1.0 + 1.6 * weight) * grown + (mod(state, 2.0) >= 1.0 ? 4.0 : 0.0);
    gl_PointSize = vPixels;
    vColour = colour;
    vState = state;
  }
`;

// Of state: 1 own, 2 lit, 4 in the background.
const FRAGMENT = /* glsl */ `
  precision mediump float;
  varying vec3 vColour;
  varying float vState;
  varying float vPixels;
  uniform vec3 uInk;
  void main() {
    float radius = length(gl_PointCoord - 0.5) * 2.0;
    float edge = 2.0 / max(vPixels, 2.0);
    float disc = 1.0 - smoothstep(1.0 - edge, 1.0, radius);
    if (disc <= 0.0) discard;
    bool own = mod(vState, 2.0) >= 1.0;
    float ring = own ? smoothstep(1.0 - 3.0 * edge, 1.0 - 2.0 * edge, radius) : 0.0;
    float alpha = vState >= 4.0 ? 0.13 : (mod(vState, 4.0) >= 2.0 ? 1.0 : 0.8);
    gl_FragColor = vec4(mix(vColour, uInk, ring), disc * alpha);
  }
`;

const OWN = 1;
const LIT = 2;
const BACKGROUND = 4;

/** Draws a map's films as points by WebGL. @returns null where the browser has none */
export function createMapRenderer(
  canvas: HTMLCanvasElement,
  ink: [number, number, number],
): MapRenderer | null {
  const renderer = openRenderer(canvas);
  if (!renderer) return null;
  const { gl } = renderer;
  const program = new Program(gl, {
    vertex: VERTEX,
    fragment: FRAGMENT,
    uniforms: {
      uScale: { value: [1, 1] },
      uOffset: { value: [0, 0] },
      uSize: { value: 4 },
      uInk: { value: ink },
    },
    transparent: true,
    depthTest: false,
    depthWrite: false,
  });
  let size: Size = { width: 1, height: 1 };
  let map: MovieMap | null = null;
  let emphasis: Emphasis = { genre: null, lit: new Set(), own: new Set() };
  let mesh: Mesh | null = null;

  const setStates = () => {
    const state = mesh?.geometry.attributes['state'];
    if (!map || !state?.data) return;
    const { films, genreOf } = map;
    for (const [index, { movieId }] of films.entries()) {
      const isDimmed = emphasis.genre !== null && genreOf.get(movieId) !== emphasis.genre;
      const isLit = emphasis.lit.has(movieId);
      state.data[index] =
        (emphasis.own.has(movieId) ? OWN : 0) + (isLit ? LIT : 0) + (isDimmed && !isLit ? BACKGROUND : 0);
    }
    state.needsUpdate = true;
  };

  return {
    setMap(next) {
      map = next;
      mesh?.geometry.remove();
      mesh = new Mesh(gl, { mode: gl.POINTS, geometry: geometryOf(gl, next), program, frustumCulled: false });
      setStates();
    },
    setEmphasis(next) {
      emphasis = next;
      setStates();
    },
    resize(next) {
      size = next;
      renderer.setSize(next.width, next.height);
    },
    draw({ scale, offsetX, offsetY }, zoom) {
      if (!mesh) return;
      const { width, height } = size;
      const { uScale, uOffset, uSize }: Record<string, { value: unknown } | undefined> = program.uniforms;
      if (uScale) uScale.value = [(2 * scale) / width, (2 * scale) / height];
      if (uOffset) uOffset.value = [(2 * offsetX) / width - 1, 1 - (2 * offsetY) / height];
      if (uSize) uSize.value = renderer.dpr * Math.min(9, 2.4 * zoom ** 0.4);
      renderer.render({ scene: mesh });
    },
    dispose() {
      mesh?.geometry.remove();
      program.remove();
    },
  };
}

function openRenderer(canvas: HTMLCanvasElement): Renderer | null {
  // OGL logs an error of its own where there is no WebGL: ask first, on a canvas that it will not use.
  const probe = document.createElement('canvas');
  if (!probe.getContext('webgl2') && !probe.getContext('webgl')) return null;
  try {
    return new Renderer({
      canvas,
      dpr: Math.min(2, window.devicePixelRatio),
      alpha: true,
      premultipliedAlpha: false,
      antialias: false,
      depth: false,
    });
  } catch {
    return null;
  }
}

/** The points in the order in which they are drawn: that of `films`, so that states are found by index. */
function geometryOf(gl: Renderer['gl'], { films, genreOf }: MovieMap): Geometry {
  const position = new Float32Array(2 * films.length);
  const colour = new Float32Array(3 * films.length);
  const weight = new Float32Array(films.length);
  const most = Math.log1p(films[0]?.ratingCount ?? 0) || 1;
  for (const [index, { movieId, x, y, ratingCount }] of films.entries()) {
    position.set([x, y], 2 * index);
    colour.set(genreRgb(genreOf.get(movieId) ?? -1), 3 * index);
    weight[index] = Math.log1p(ratingCount) / most;
  }
  return new Geometry(gl, {
    position: { size: 2, data: position },
    colour: { size: 3, data: colour },
    weight: { size: 1, data: weight },
    state: { size: 1, data: new Float32Array(films.length) },
  });
}
