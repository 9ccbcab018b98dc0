// Learns src/incidents/model.json from the labelled pairs: node tools/linking/train.ts
// First how rare each concept is, then the weights of the features.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { labelledPairs, sightingItems } from './dataset.ts'
import { fitExamples, namedWeights } from './fit.ts'
import { examplesOf } from './variants.ts'

const path = join(import.meta.dirname, '../../src/incidents/model.json')
const thresholds = { join: 0.7, propose: 0.3 }

const texts = sightingItems().flatMap(({ facts }) => (facts.text ? [facts.text] : []))
const counts = new Map<string, number>()
for (const { concepts } of texts)
  for (const concept of concepts.keys()) counts.set(concept, (counts.get(concept) ?? 0) + 1)
const idf = Object.fromEntries(
  [...counts]
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([concept, count]) => [concept, rounded(Math.log((texts.length + 1) / (count + 1)))]),
)
const examples = examplesOf(labelledPairs(), 1)
const fit = fitExamples(examples)
const model = {
  about: 'Made by tools/linking/train.ts from tools/linking/labels.csv; see docs/linking.md.',
  examples: examples.length,
  thresholds,
  bias: rounded(fit.bias),
  weights: namedWeights(fit, rounded),
  idf,
}
writeFileSync(path, `${JSON.stringify(model, null, 2)}\n`)
console.log(`${examples.length} examples; weights:`, model.bias, model.weights)

function rounded(value: number): number {
  return Math.round(value * 1000) / 1000
}
