import { type Import, importsOf, readsEnvironment, type Tree } from './architecture-read.ts'

/** Which room may open which other, and for what. Everything else goes by events. */
export const doors: Record<string, Record<string, 'all' | 'types'>> = {
  incidents: { reports: 'all' },
  openness: { incidents: 'types' },
  alerts: { incidents: 'types' },
}
/** Rooms of sealed matters: they open nobody and nobody opens them. */
export const sealedRooms = ['legal', 'family', 'evidence']

/** What a contract may use beside zod and its own room's contracts: each is pure and imports nothing of ours. */
const contractUses = ['limits', 'text', 'problem'].map((name) => `src/kernel/${name}.ts`)

const environmentReaders = new Set([
  'src/kernel/config.ts',
  'src/commands/build.ts',
  'src/commands/serve.ts',
  'src/main.ts',
  'vite.config.ts',
  // They start the program and a browser as children, in the environment they were started in.
  'tools/browser/chromium.ts',
  'tools/browser/program.ts',
])

/** What the drawing forbids and yet stands, each for its reason. */
const exceptions: Record<string, string> = {
  // docs/incidents.md is printed from the table that decides, and from nothing else.
  'tools/print-rules.ts': 'src/incidents/rules.ts',
  // What checks a pack reads its guidance with the very code that will serve it.
  'tools/check-city.ts': 'src/rights/index.ts',
}

const isTest = (path: string): boolean => path.startsWith('test/') || path.endsWith('.test.ts')
const isContract = (path: string): boolean => /^src\/[\w-]+\/contract[\w-]*\.ts$/.test(path)
const roomless = new Set(['kernel', 'commands', 'demo', 'migrations'])

/** The room a file of src/ belongs to, or undefined: `src/incidents/rules.ts` is of `incidents`. */
export function roomOf(path: string): string | undefined {
  const [top, folder, rest] = path.split('/')
  return top === 'src' && folder && rest && !roomless.has(folder) ? folder : undefined
}

/** Every fault of a tree against design.md section 1, each a sentence; none when it stands. */
export function faultsOf(tree: Tree): string[] {
  const faults: string[] = []
  for (const [path, source] of tree) {
    for (const use of importsOf(path, source)) {
      const why = refused(path, use)
      if (why) faults.push(`${path} imports ${use.to}: ${why}`)
    }
    if (!isTest(path) && !environmentReaders.has(path) && readsEnvironment(path, source))
      faults.push(`${path} reads process.env: only kernel/config does`)
    if (source.split('\n').length - 1 > 400) faults.push(`${path} is longer than 400 lines`)
  }
  return [...faults, ...cyclesOf(tree).map((cycle) => `cycle: ${cycle.join(' → ')}`)]
}

function refused(path: string, use: Import): string | null {
  if (isTest(path) || exceptions[path] === use.to) return null
  if (isContract(path) && !use.types) return refusedByContract(path, use)
  if (path.startsWith(pureSearch)) return refusedByPureSearch(use)
  if (!use.ours) return null
  if (use.to.startsWith('test/')) return 'only tests use test/'
  if (path.startsWith('web/')) return refusedByWeb(use)
  if (path.startsWith('tools/')) return refusedByTools(path, use)
  return path.startsWith('src/') ? refusedBySource(path, use) : null
}

/** Place search runs in a browser as well: no Node, no packages, nothing of the kernel but geometry. */
const pureSearch = 'src/kernel/city/search/'

function refusedByPureSearch({ to, ours, types }: Import): string | null {
  const may = types || (ours && (to.startsWith(pureSearch) || to === 'src/kernel/geo.ts'))
  return may ? null : 'place search runs in a browser too and uses its own folder and geo.ts only'
}

function refusedByContract(path: string, { to, ours }: Import): string | null {
  if (!ours) return to === 'zod' ? null : 'a contract uses zod and nothing else of others'
  const own = isContract(to) && roomOf(to) === roomOf(path)
  return own || contractUses.includes(to)
    ? null
    : 'a contract uses contracts of its room, limits and text'
}

function refusedByWeb({ to, types }: Import): string | null {
  // The same search answers on the phone: it is pure, which the next rule holds.
  if (to.startsWith(pureSearch)) return null
  if (!to.startsWith('src/') || types || isContract(to)) return null
  return 'pages use contracts and types of src/; the rest through locals'
}

function refusedByTools(path: string, { to }: Import): string | null {
  const may = to.startsWith('tools/') || to.startsWith('src/kernel/') || isContract(to)
  // What trains and judges linking has to run the very code that links.
  const links = path.startsWith('tools/linking/') && /^src\/(incidents|reports)\//.test(to)
  return may || links ? null : 'tools use the kernel and contracts'
}

function refusedBySource(path: string, use: Import): string | null {
  const { to, types } = use
  if (!to.startsWith('src/')) return /package\.json$/.test(to) ? null : 'src/ uses src/ only'
  const room = roomOf(path)
  if (path.startsWith('src/kernel/')) {
    if (to.startsWith('src/kernel/') || (to === 'src/schema.ts' && types)) return null
    return 'the kernel knows nothing above it'
  }
  if (to.startsWith('src/kernel/')) return null
  const other = roomOf(to)
  if (other && other !== room) return refusedDoor(room, other, use)
  return room && !other && !(to === 'src/schema.ts' && types)
    ? 'a room knows nothing above it'
    : refusedAbove(path, to)
}

function refusedDoor(
  room: string | undefined,
  other: string,
  { to, types }: Import,
): string | null {
  // The demo's script is written in the words that contracts allow.
  if (!room && isContract(to)) return null
  if (to !== `src/${other}/index.ts`) return `${other} is entered by its index.ts`
  if (!room) return null
  if (sealedRooms.includes(room) || sealedRooms.includes(other)) return 'sealed rooms stay closed'
  const door = doors[room]?.[other]
  if (door === 'all' || (door === 'types' && types)) return null
  return door ? `${room} takes types only from ${other}` : `no door leads from ${room} to ${other}`
}

/** main → commands → demo → app → pages; schema and version are pages of facts that anyone above may read. */
const heights: [RegExp, number][] = [
  [/^src\/main\.ts$/, 5],
  [/^src\/commands\//, 4],
  [/^src\/demo\//, 3.5],
  [/^src\/app\.ts$/, 3],
  [/^src\/pages\.ts$/, 2],
  [/^src\/(schema|version)\.ts$/, 1],
]
const heightOf = (path: string): number => heights.find(([at]) => at.test(path))?.[1] ?? 2

const refusedAbove = (path: string, to: string): string | null =>
  heightOf(to) <= heightOf(path) ? null : 'imports go down: main, commands, app, rooms, kernel'

/** Files that use each other in a circle; types are erased, so a circle through one is none. */
export function cyclesOf(tree: Tree): string[][] {
  const cycles: string[][] = []
  const done = new Set<string>()
  const visit = (path: string, trail: readonly string[]): void => {
    const at = trail.indexOf(path)
    if (at >= 0) cycles.push([...trail.slice(at), path])
    if (at >= 0 || done.has(path)) return
    for (const { to, types } of importsOf(path, tree.get(path) ?? ''))
      if (!types && tree.has(to)) visit(to, [...trail, path])
    done.add(path)
  }
  for (const path of tree.keys()) visit(path, [])
  return cycles
}
