import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { root } from './session.ts'

/** The folder of the built pages. */
export const buildFolder = (): string => process.env.PORCHLIGHT_BUILD ?? 'build'

/** What the build is made of; a change in any of it makes a new build. */
const sources = ['web', 'vite.config.ts', 'tools/vite-texts.ts', 'package-lock.json', 'src']

/** A build that takes longer than this has died. */
const lockMinutes = 3

/** Builds the pages if there is no build of exactly these sources. Takes about five seconds. */
export async function buildIfNeeded(): Promise<void> {
  // Two programs started at once must not build into one folder at once.
  const lock = join(root, `${buildFolder()}.lock`)
  while (!taken(lock)) await wait(200)
  try {
    build()
  } finally {
    rmSync(lock, { recursive: true, force: true })
  }
}

/** Takes the lock, a folder: making one either succeeds or fails, for everybody. */
function taken(lock: string): boolean {
  try {
    mkdirSync(lock)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    const since = statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? Date.now()
    if (Date.now() - since > lockMinutes * 60_000) rmSync(lock, { recursive: true, force: true })
    return false
  }
}

function build(): void {
  const stamp = join(root, buildFolder(), 'source-hash')
  const hash = sourceHash()
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return
  console.log('Building the pages ...')
  const built = spawnSync(
    process.execPath,
    [join(root, 'node_modules', 'vite', 'bin', 'vite.js'), 'build'],
    {
      cwd: root,
      encoding: 'utf8',
      env: { ...process.env, NODE_ENV: 'production' },
    },
  )
  if (built.status !== 0)
    throw new Error(`The pages could not be built:\n${built.stdout}\n${built.stderr}`)
  writeFileSync(stamp, hash)
}

function sourceHash(): string {
  const hash = createHash('sha256')
  for (const source of sources)
    for (const file of filesOf(join(root, source)))
      hash.update(file.slice(root.length)).update(readFileSync(file))
  return hash.digest('hex')
}

/** What pages may take from the rooms: contracts with the constants they use, and texts. */
const reachesPages =
  /(contract[\w-]*|limits|text|rules|ids|negotiate)\.ts$|city\/search\/|kernel\/geo\.ts$|texts\/[\w-]+\.json$|i18n\//

function filesOf(path: string): string[] {
  if (!existsSync(path)) return []
  const entries =
    existsSync(path) && !/\.\w+$/.test(path)
      ? readdirSync(path, { withFileTypes: true, recursive: true })
      : null
  if (!entries) return [path]
  return entries
    .filter(
      (entry) =>
        entry.isFile() &&
        /\.(svelte|ts|js|css|html|json|svg|woff2)$/.test(entry.name) &&
        !entry.name.endsWith('.test.ts'),
    )
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => !file.startsWith(join(root, 'src')) || reachesPages.test(file))
    .sort()
}
