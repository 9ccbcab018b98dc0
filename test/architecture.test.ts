import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { expect, test } from 'vitest'
import { root } from '../src/commands/session.ts'
import { forbidden } from './architecture-forbidden.ts'
import { importsOf, missionWordsIn } from './architecture-read.ts'
import { faultsOf } from './architecture-rules.ts'

const tree = new Map(
  [...['src', 'web', 'tools', 'test'].flatMap(filesUnder), join(root, 'vite.config.ts')].map(
    (file): [string, string] => [relative(root, file), readFileSync(file, 'utf8')],
  ),
)

function filesUnder(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(ts|js|svelte)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
}

test('the house stands as it is drawn', () => {
  expect(faultsOf(tree)).toEqual([])
})

test('every import inside the house leads to a file', () => {
  const lost = [...tree].flatMap(([path, source]) =>
    importsOf(path, source)
      .filter(({ to, ours }) => ours && /\.(ts|svelte)$/.test(to) && !tree.has(to))
      .map(({ to }) => `${path} → ${to}`),
  )
  expect(lost).toEqual([])
})

test('no file is long without being named', () => {
  const long = [...tree]
    .map(([path, source]): [string, number] => [path, source.split('\n').length - 1])
    .filter(([, lines]) => lines > 200)
  if (long.length > 0)
    console.log(`longer than 200 lines:\n${long.map((row) => row.join(' ')).join('\n')}`)
  expect(long.filter(([, lines]) => lines > 400)).toEqual([])
})

/** Where the kernel may say a word of the mission, and why. */
const allowed: Record<string, readonly string[]> = {
  // Every limit of the program stands on one page, by the name of what it limits.
  'src/kernel/limits.ts': ['incidents'],
  // How far a translation has been reviewed: 'lawyer-reviewed' is a standing of a text.
  'src/kernel/i18n/catalogue.ts': ['lawyer'],
  // Which jobs follow which events: the engineer's word, not the resident's.
  'src/kernel/events.ts': ['subscription', 'subscriptions'],
}

test('the kernel says no word of the mission', () => {
  const said = [...tree]
    .filter(([path]) => path.startsWith('src/kernel/') && !path.endsWith('.test.ts'))
    .flatMap(([path, source]) =>
      missionWordsIn(path, source)
        .filter((word) => !allowed[path]?.includes(word))
        .map((word) => `${path} says ${word}`),
    )
  expect(said).toEqual([])
})

test.each(forbidden)('it would fall if %s', (_name, path, source, fault) => {
  expect(faultsOf(new Map([[path, source]])).join('\n')).toMatch(fault)
})

test('it would fall if two files used each other', () => {
  const circle = new Map([
    ['src/desk/a.ts', `import { b } from './b.ts'`],
    ['src/desk/b.ts', `export * from './a.ts'`],
  ])
  expect(faultsOf(circle).join()).toMatch(
    /cycle: src\/desk\/a.ts → src\/desk\/b.ts → src\/desk\/a.ts/,
  )
})

test('it would fall if the kernel said a word of the mission', () => {
  expect(missionWordsIn('src/kernel/x.ts', `const openIncidents = 'the alert'`)).toEqual([
    'incidents',
    'alert',
  ])
  expect(missionWordsIn('src/kernel/x.ts', '// an incident\nconst a = `b finding`')).toEqual([
    'finding',
  ])
})

test('what the drawing allows, it lets pass', () => {
  const fine = new Map([
    [
      'src/incidents/x.ts',
      `import { a } from '../reports/index.ts'\nimport type { D } from '../schema.ts'`,
    ],
    ['src/openness/x.ts', `import { type A } from '../incidents/index.ts'`],
    ['web/x.ts', `import { A } from '#src/desk/contract.ts'\nimport texts from 'virtual:texts'`],
  ])
  expect(faultsOf(fine)).toEqual([])
})
