import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Bench, type Result, sideBySide } from './side-by-side.ts'

// `npm run bench [-- WORD ...]`: every comparison of targets.md whose id or file holds one of the words
// (`alerts`: everything between a sign-off and a phone);
// a table on the screen and bench/results.json. Ends with 1 where a target is missed.

/** One file a path of targets.md: `p10-place-search.ts`. They run one after the other. */
const files = readdirSync(import.meta.dirname)
  .filter((name) => /^p\d+\w*-.*\.ts$/.test(name))
  .map((name) => name.replace(/\.ts$/, ''))
  .sort((a, b) => a.localeCompare(b, 'en', { numeric: true }))

/** Words that stand for several ids. */
const groups: Record<string, readonly string[]> = {
  alerts: ['p3', 'p4', 'p4b', 'p7', 'p12', 'p14'],
}
const words = process.argv
  .slice(2)
  .flatMap((word) => groups[word.toLowerCase()] ?? [word.toLowerCase()])
const results: Result[] = []
for (const file of files) {
  const { benches } = (await import(`./${file}.ts`)) as { benches: readonly Bench[] }
  for (const bench of benches) if (wanted(file, bench)) results.push(await told(bench))
}
if (words.length === 0)
  writeFileSync(
    join(import.meta.dirname, 'results.json'),
    `${JSON.stringify({ results }, null, 2)}\n`,
  )
process.exit(results.every(({ meets }) => meets) ? 0 : 1)

function wanted(file: string, { id }: Bench): boolean {
  const name = `${id.toLowerCase()} ${file}`
  return words.length === 0 || words.some((word) => name.split(/[ -]/).includes(word))
}

async function told(bench: Bench): Promise<Result> {
  const result = await sideBySide(bench)
  const { id, what, ours, peer, ratio, unit, target, meets, quiet } = result
  const verdict = quiet ? (meets ? 'meets' : 'MISSES') : 'the peer wandered: not quiet enough'
  console.log(
    `${id}  ${what}\n    ours ${ours} ${unit}, peer ${peer} ${unit}, ratio ${ratio} (target ${target}): ${verdict}`,
  )
  return result
}
