import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { expect, test } from 'vitest'
import { root } from '../src/commands/session.ts'
import { faultsOf, importsOf, missionWordsIn } from './architecture-rules.ts'

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

/** Files that must be refused, each with what the checker has to say of it. */
const forbidden: [name: string, path: string, source: string, fault: RegExp][] = [
  [
    'the kernel opens a room',
    'src/kernel/x.ts',
    `import { a } from '../reports/index.ts'`,
    /kernel knows nothing/,
  ],
  [
    'the kernel opens the app by a dynamic import',
    'src/kernel/x.ts',
    `await import('../app.ts')`,
    /kernel knows nothing/,
  ],
  [
    'the kernel takes values of the schema',
    'src/kernel/x.ts',
    `import { tables } from '../schema.ts'`,
    /kernel knows nothing/,
  ],
  [
    'a room opens a room no door leads to',
    'src/reports/x.ts',
    `import { a } from '../incidents/index.ts'`,
    /no door/,
  ],
  [
    'a room enters by the window',
    'src/incidents/x.ts',
    `import { a } from '../reports/store.ts'`,
    /by its index/,
  ],
  [
    'a room re-exports through the window',
    'src/incidents/x.ts',
    `export { a } from '../reports/store.ts'`,
    /by its index/,
  ],
  [
    'a bare import through the window',
    'src/incidents/x.ts',
    `import '../reports/store.ts'`,
    /by its index/,
  ],
  [
    'a type through the window',
    'src/incidents/x.ts',
    `let a: import('../reports/store.ts').A`,
    /by its index/,
  ],
  [
    'openness takes a value of incidents',
    'src/openness/x.ts',
    `import { a } from '../incidents/index.ts'`,
    /types only/,
  ],
  [
    'openness re-exports a value of incidents',
    'src/openness/x.ts',
    `export * from '../incidents/index.ts'`,
    /types only/,
  ],
  [
    'a room opens the app',
    'src/desk/x.ts',
    `import type { App } from '../app.ts'`,
    /nothing above/,
  ],
  [
    'a room opens a command',
    'src/desk/x.ts',
    `import { a } from '../commands/serve.ts'`,
    /nothing above/,
  ],
  ['legal opens a room', 'src/legal/x.ts', `import type { A } from '../desk/index.ts'`, /sealed/],
  ['a room opens family', 'src/incidents/x.ts', `import { a } from '../family/index.ts'`, /sealed/],
  [
    'the app opens a command',
    'src/app.ts',
    `import { a } from './commands/serve.ts'`,
    /imports go down/,
  ],
  [
    'a command enters by the window',
    'src/commands/x.ts',
    `import { a } from '../desk/store.ts'`,
    /by its index/,
  ],
  ['src uses test', 'src/desk/x.ts', `import { a } from '../../test/harness.ts'`, /only tests/],
  [
    'a page takes a value of a room',
    'web/routes/x.ts',
    `import { a } from '#src/incidents/index.ts'`,
    /contracts and types/,
  ],
  [
    'a component takes a value of the kernel',
    'web/ui/X.svelte',
    `<script lang="ts">\nimport { a } from '#src/kernel/clock.ts'\n</script>`,
    /contracts and types/,
  ],
  [
    'a contract uses a library',
    'src/desk/contract.ts',
    `import { a } from 'fastify'`,
    /zod and nothing else/,
  ],
  [
    'a contract uses its rules',
    'src/desk/contract.ts',
    `import { a } from './rules.ts'`,
    /contracts of its room/,
  ],
  [
    'a contract uses another room',
    'src/incidents/contract.ts',
    `import { a } from '../reports/contract.ts'`,
    /contracts of its room/,
  ],
  ['a tool opens a room', 'tools/x.ts', `import { a } from '../src/desk/index.ts'`, /tools use/],
  [
    'a room reads the environment',
    'src/desk/x.ts',
    `export const a = process.env.HOME`,
    /process\.env/,
  ],
  [
    'a page reads it by its module',
    'web/x.ts',
    `import { env } from 'node:process'`,
    /process\.env/,
  ],
  ['a file of 401 lines', 'src/desk/x.ts', '//\n'.repeat(401), /longer than 400/],
]

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
  expect(missionWordsIn('src/kernel/x.ts', '// an incident\nconst a = `b ${c} finding`')).toEqual([
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
