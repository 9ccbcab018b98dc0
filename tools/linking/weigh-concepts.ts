// Learns how telling each concept is: node tools/linking/weigh-concepts.ts; then run train.ts.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { allItems, type Item } from './dataset.ts'

const path = join(import.meta.dirname, '../../src/incidents/concept-weights.json')

/** A concept is as telling as it is where it is commonest: any of the sources may be like a city's day. */
const shares = allItems().map(sharesOf)
const concepts = [...new Set(shares.flatMap((share) => [...share.keys()]))].sort()
const weights = Object.fromEntries(
  concepts.map((concept) => [
    concept,
    rounded(-Math.log(Math.max(...shares.map((share) => share.get(concept) ?? 0)))),
  ]),
)
writeFileSync(path, `${JSON.stringify(weights, null, 2)}\n`)
console.log(`${concepts.length} concepts and colours of things weighed.`)

/** In what share of the texts each concept is. */
function sharesOf(items: readonly Item[]): Map<string, number> {
  const texts = items.flatMap(({ facts }) => (facts.text ? [facts.text] : []))
  const counts = new Map<string, number>()
  for (const { said } of texts)
    for (const concept of said.concepts.keys()) counts.set(concept, (counts.get(concept) ?? 0) + 1)
  return new Map([...counts].map(([concept, count]) => [concept, (count + 1) / (texts.length + 1)]))
}

function rounded(value: number): number {
  return Math.round(value * 1000) / 1000
}
