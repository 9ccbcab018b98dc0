// Learns src/incidents/model.json from the labelled pairs: node tools/linking/train.ts
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { labelledPairs } from './dataset.ts'
import { fitExamples, namedWeights } from './fit.ts'
import { examplesOf } from './variants.ts'

const path = join(import.meta.dirname, '../../src/incidents/model.json')
const thresholds = { join: 0.65, propose: 0.3 }

const examples = examplesOf(labelledPairs(), 1)
const fit = fitExamples(examples)
const model = {
  about: 'Made by tools/linking/train.ts from tools/linking/labels.csv; see docs/linking.md.',
  examples: examples.length,
  thresholds,
  bias: rounded(fit.bias),
  weights: namedWeights(fit, rounded),
}
writeFileSync(path, `${JSON.stringify(model, null, 2)}\n`)
console.log(`${examples.length} examples; weights:`, model.bias, model.weights)

function rounded(value: number): number {
  return Math.round(value * 1000) / 1000
}
