import { featureNames, features } from '../../src/incidents/features.ts'
import { type Fit, fitLogistic } from './logistic.ts'
import type { Example } from './variants.ts'

/** Keeps a weight small unless many examples ask for it. */
const penalty = 2

/**
 * What can only speak against one event; all others but these and the two that say which languages
 * were compared can only speak for it. How the labels were picked must not teach otherwise.
 */
const against = new Set(['far', 'placeUnknown', 'late', 'timeVague'])
const either = new Set(['oneLanguage', 'twoLanguages'])

const wrongSign = (name: string, weight: number): boolean =>
  !either.has(name) && (against.has(name) ? weight > 0 : weight < 0)

/** The model of these examples; a feature that would speak the wrong way is left out. */
export function fitExamples(examples: readonly Example[]): Fit {
  const rows = examples.map(({ a, b, same }) => ({ x: features(a, b), same, weight: 1 }))
  const left = new Set<number>()
  for (;;) {
    const kept = rows.map((row) => ({ ...row, x: row.x.map((x, i) => (left.has(i) ? 0 : x)) }))
    const fit = fitLogistic(kept, penalty)
    const wrong = featureNames.findIndex(
      (name, i) => !left.has(i) && wrongSign(name, fit.weights[i] as number),
    )
    if (wrong < 0) return fit
    left.add(wrong)
  }
}

/** The weights by the features' names. */
export const namedWeights = (
  { weights }: Fit,
  rounded: (value: number) => number,
): Record<string, number> =>
  Object.fromEntries(featureNames.map((name, i) => [name, rounded(weights[i] as number)]))
