import { expect, it } from '@jest/globals';
import { seededRandom } from '../random/random.ts';
import { probabilityOf } from '../serving/probabilityOf.ts';
import { calibrationError, fitCalibration, IDENTITY_CALIBRATION } from './calibration.ts';

it('finds the curve that made the labels', () => {
  const random = seededRandom(5);
  const scores = Float64Array.from({ length: 40_000 }, () => 4 * random() - 2);
  // Symmetric around 0, so that relevant and irrelevant are about as many and weighting changes nothing.
  const relevant = Uint8Array.from(scores, (z) => Number(random() < 1 / (1 + Math.exp(-1.5 * z))));
  const { slope, intercept } = fitCalibration(scores, relevant);
  expect(slope).toBeCloseTo(1.5, 1);
  expect(intercept).toBeCloseTo(0, 1);
});

it('weighs both classes alike: repeating every irrelevant example changes nothing', () => {
  const once = fitCalibration(Float64Array.of(1, 2, 0, 1.5), Uint8Array.of(1, 1, 0, 0));
  const thrice = fitCalibration(
    Float64Array.of(1, 2, 0, 1.5, 0, 1.5, 0, 1.5),
    Uint8Array.of(1, 1, 0, 0, 0, 0, 0, 0),
  );
  expect(thrice.slope).toBeCloseTo(once.slope, 9);
  expect(thrice.intercept).toBeCloseTo(once.intercept, 9);
});

it('stays finite where the classes separate', () => {
  const { slope, intercept } = fitCalibration(Float64Array.of(3, 1), Uint8Array.of(1, 0));
  expect(slope).toBeGreaterThan(1);
  expect(Number.isFinite(slope * intercept)).toBe(true);
});

it('never turns the order around, and has nothing to fit with one class', () => {
  expect(fitCalibration(Float64Array.of(1, 3), Uint8Array.of(1, 0))).toEqual(IDENTITY_CALIBRATION);
  expect(fitCalibration(Float64Array.of(1, 3), Uint8Array.of(0, 0))).toEqual(IDENTITY_CALIBRATION);
  expect(fitCalibration(Float64Array.of(1, 3), Uint8Array.of(1, 1))).toEqual(IDENTITY_CALIBRATION);
});

it('the error is 0 where scores are the shares, and their distance where they are not', () => {
  // Of three with .75 two are relevant …: by weight, relevant ones are as many as the others.
  const scores = Float64Array.of(0.75, 0.75, 0.75, 0.75, 0.25, 0.25, 0.25, 0.25);
  const relevant = Uint8Array.of(1, 1, 1, 0, 1, 0, 0, 0);
  const { error, bins } = calibrationError(scores, relevant);
  expect(error).toBeCloseTo(0, 12);
  expect(bins).toHaveLength(10);
  expect(bins[7]).toEqual({ score: 0.75, relevant: 0.75, weight: 0.5 });
  expect(
    calibrationError(
      scores.map(() => 0.9),
      relevant,
    ).error,
  ).toBeCloseTo(0.4, 12);
  expect(
    calibrationError(
      scores.map(() => 1),
      relevant,
    ).bins[9]?.weight,
  ).toBeCloseTo(1, 12);
  expect(
    calibrationError(
      scores,
      relevant.map(() => 1),
    ).error,
  ).toBeNaN();
});

it('the error counts irrelevant examples for no more than the relevant ones, however many they are', () => {
  const once = calibrationError(Float64Array.of(0.8, 0.3), Uint8Array.of(1, 0));
  const often = calibrationError(Float64Array.of(0.8, 0.3, 0.3, 0.3), Uint8Array.of(1, 0, 0, 0));
  expect(often.error).toBeCloseTo(once.error, 12);
});

it('takes a knot where scores far below say nothing, and keeps the order', () => {
  const random = seededRandom(9);
  const scores = Float64Array.from({ length: 40_000 }, () => 8 * random() - 6);
  // Below −1 it is always the same; above, it rises.
  const relevant = Uint8Array.from(scores, (z) =>
    Number(random() < probabilityOf(z, { slope: 2, intercept: 0, knot: -1 })),
  );
  const plain = fitCalibration(scores.subarray(0, 900), relevant.subarray(0, 900));
  expect(plain.knot).toBeUndefined();
  const calibration = fitCalibration(scores, relevant);
  expect(calibration.knot).toBeCloseTo(-1, 0);
  const probabilities = scores.map((z) => probabilityOf(z, calibration));
  expect(calibrationError(probabilities, relevant).error).toBeLessThan(0.05);
  expect(probabilityOf(-6, calibration)).toBeLessThan(probabilityOf(-5.9, calibration));
});
