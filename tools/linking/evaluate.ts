// How well linking does, beside two plain ways of doing it: node tools/linking/evaluate.ts
// Five folds; no event is in two. Each fold is judged by a model that never saw its events.
import { features, type LinkFacts } from '../../src/incidents/features.ts'
import model from '../../src/incidents/model.json' with { type: 'json' }
import { dbscanCalls, dbscanGroups, tunedReach } from './baseline.ts'
import { type Item, labelledPairs } from './dataset.ts'
import { fitExamples } from './fit.ts'
import { linkedGroups, trueGroups } from './groups.ts'
import { probabilityOf } from './logistic.ts'
import { adjustedRand, brier, pairFigures, reliability } from './measures.ts'
import { type Example, examplesOf, foldOf, folds } from './variants.ts'

const { join, propose } = model.thresholds

interface Judged extends Example {
  probability: number
  dbscan: boolean
  exact: boolean
}

const pairs = labelledPairs()
const examples = examplesOf(pairs, 1)
const judged: Judged[] = []
const rand = new Map<string, { weight: number; value: number }[]>()
for (let fold = 0; fold < folds; fold++) judgeFold(fold)

console.log(
  `${pairs.length} labelled pairs (${pairs.filter(({ same }) => same).length} of one event), ${examples.length} with their harder variants; ${folds} folds.\n`,
)
pairTable('All, harder variants included', judged)
pairTable(
  'As labelled',
  judged.filter(({ variant }) => variant === 'as labelled'),
)
for (const source of ['sightings', 'haiti', '2020pb'])
  pairTable(
    `As labelled, ${source}`,
    judged.filter((row) => row.source === source && row.variant === 'as labelled'),
  )
for (const variant of new Set(judged.map((row) => row.variant))) variantLine(variant)
groupTable()
calibrationTable()

function judgeFold(fold: number): void {
  const train = examples.filter(({ group }) => foldOf(group) !== fold)
  const test = examples.filter(({ group }) => foldOf(group) === fold)
  const fit = fitExamples(train)
  const probability = (a: LinkFacts, b: LinkFacts) => probabilityOf(fit, features(a, b))
  const reach = tunedReach(train)
  for (const example of test)
    judged.push({
      ...example,
      probability: probability(example.a, example.b),
      dbscan: dbscanCalls(reach, example.a, example.b),
      exact: example.a.text !== null && sameWords(example),
    })
  judgeGroups(fold, probability, reach)
}

function sameWords({ a, b }: Example): boolean {
  const [x, y] = [a.text?.grams ?? [], b.text?.grams ?? []]
  return x.length > 0 && x.length === y.length && x.every((gram, i) => gram === y[i])
}

function judgeGroups(
  fold: number,
  probability: (a: LinkFacts, b: LinkFacts) => number,
  reach: ReturnType<typeof tunedReach>,
): void {
  const mine = pairs.filter(({ group }) => foldOf(group) === fold)
  const items = [
    ...new Map(mine.flatMap(({ a, b }) => [a, b]).map((item) => [item.id, item])).values(),
  ]
  const truth = trueGroups(items, mine)
  const note = (name: string, found: string[]) =>
    rand.set(name, [
      ...(rand.get(name) ?? []),
      { weight: items.length, value: adjustedRand(truth, found) },
    ])
  note('linking', linkedGroups(items, probability, join))
  note('DBSCAN', dbscanGroups(reach, items))
  note(
    'exact text',
    items.map(({ description, id }) => plainText(description) || id),
  )
}

function plainText(text: Item['description']): string {
  return text.toLowerCase().replace(/\W+/g, ' ').trim()
}

function pairTable(title: string, rows: readonly Judged[]): void {
  const yes = rows.filter(({ same }) => same).length
  console.log(`${title} (${rows.length} pairs, ${yes} of one event)`)
  const ways: [string, (row: Judged) => boolean][] = [
    [`linking, joined (>= ${join})`, (row) => row.probability >= join],
    [`linking, joined or proposed (>= ${propose})`, (row) => row.probability >= propose],
    ['DBSCAN on space and time, tuned', (row) => row.dbscan],
    ['exact text', (row) => row.exact],
  ]
  for (const [name, call] of ways) {
    const called = rows.map((row) => ({ same: row.same, called: call(row) }))
    const { precision, recall, f1 } = pairFigures(called)
    const wrong = called.filter((row) => row.called && !row.same).length
    console.log(
      yes === 0
        ? `  ${name.padEnd(40)} ${wrong} of ${rows.length} wrongly called one event`
        : `  ${name.padEnd(40)} precision ${figure(precision)}  recall ${figure(recall)}  F1 ${figure(f1)}`,
    )
  }
  console.log()
}

function variantLine(variant: string): void {
  const rows = judged.filter((row) => row.variant === variant)
  const { length } = rows.filter(({ same, probability }) => same === probability >= join)
  console.log(
    `  ${variant.padEnd(24)} ${String(rows.length).padStart(4)} pairs, ${figure(length / rows.length)} rightly joined or left apart`,
  )
}

function groupTable(): void {
  console.log('\nGroups of the reports in the labelled pairs (adjusted Rand, mean of the folds)')
  for (const [name, values] of rand) {
    const weight = values.reduce((sum, each) => sum + each.weight, 0)
    const mean = values.reduce((sum, each) => sum + each.value * each.weight, 0) / weight
    console.log(`  ${name.padEnd(40)} ${figure(mean)}`)
  }
}

function calibrationTable(): void {
  console.log(`\nCalibration: Brier score ${figure(brier(judged))} (a coin 0.25)`)
  console.log('  said          pairs  mean said  truly one event')
  for (const { from, pairs: count, said, true: truly } of reliability(judged))
    console.log(
      `  ${from.toFixed(1)} to ${(from + 0.1).toFixed(1)}  ${String(count).padStart(6)}  ${figure(said)}      ${figure(truly)}`,
    )
}

function figure(value: number): string {
  return value.toFixed(3)
}
