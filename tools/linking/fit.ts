import { featureNames, features } from '../../src/incidents/features.ts'
import { type Fit, fitLogistic } from './logistic.ts'
import type { Example } from './variants.ts'

/** Keeps a weight small unless many examples ask for it. */
const penalty = 2

/** The model of these examples. */
export const fitExamples = (examples: readonly Example[]): Fit =>
  fitLogistic(
    examples.map(({ a, b, same }) => ({ x: features(a, b), same, weight: 1 })),
    penalty,
  )

/** The weights by the features' names. */
export const namedWeights = (
  { weights }: Fit,
  rounded: (value: number) => number,
): Record<string, number> =>
  Object.fromEntries(featureNames.map((name, i) => [name, rounded(weights[i] as number)]))
