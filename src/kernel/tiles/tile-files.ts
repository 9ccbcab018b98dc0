import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { setPriority } from 'node:os'
import { join } from 'node:path'
import type { Dataset } from '../city/index.ts'

/** A file of tiles on disk. `version` changes whenever its bytes do. */
export interface TileFile {
  path: string
  version: string
}

/** The tiles of one deployment. */
export interface TileFiles {
  /** Changes with the pack and with the program that cuts it; known before the file is there. */
  version(): string
  /** The city's own tiles, cut first if need be (about a second). Rejects where they cannot be. */
  city(): Promise<TileFile>
  /** The operator's base map, or null where none is configured or its file is gone. */
  base(): TileFile | null
}

interface Setting {
  root: string
  city: { id: string; datasets: readonly Dataset[] }
  /** Where the cut files lie; any number of processes may share it. */
  folder: string
  baseMap?: string | undefined
}

/** Finds or makes the tiles; one process cuts at most once at a time. */
export function tileFiles({ root, city, folder, baseMap }: Setting): TileFiles {
  const pack = join(root, 'cities', city.id)
  const program = join(root, 'src', 'kernel', 'tiles')
  let known: string | null = null
  let cutting: Promise<TileFile> | null = null
  const version = (): string => {
    known ??= hashOf([
      ...inputsOf(pack, city.datasets),
      ...readdirSync(program)
        .sort()
        .map((name) => join(program, name)),
    ])
    return known
  }
  const ready = async (): Promise<TileFile> => {
    const file = { path: join(folder, `${city.id}-${version()}.pmtiles`), version: version() }
    if (!existsSync(file.path)) await cut(join(root, 'tools', 'make-tiles.ts'), pack, file.path)
    return file
  }
  return {
    version,
    city: () => {
      cutting ??= ready().finally(() => {
        cutting = null
      })
      return cutting
    },
    base: () => baseOf(baseMap),
  }
}

/** Everything of a pack that the map may draw. */
const inputsOf = (pack: string, datasets: readonly Dataset[]): string[] => [
  join(pack, 'pack.json'),
  ...datasets
    .filter(({ holds }) => holds === 'map' || holds === 'areas' || holds === 'places')
    .map(({ file }) => join(pack, file)),
]

function hashOf(files: readonly string[]): string {
  const hash = createHash('sha256')
  for (const file of files) hash.update(readFileSync(file))
  return hash.digest('hex').slice(0, 16)
}

/** In a process of its own, below everything else: 400 MB and a second that reports must not wait for. */
function cut(program: string, pack: string, file: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = execFile(process.execPath, [program, pack, file], (error) =>
      error ? reject(error) : resolve(),
    )
    if (child.pid !== undefined) lowerPriority(child.pid)
  })
}

function lowerPriority(pid: number): void {
  try {
    setPriority(pid, 10)
  } catch {
    // It has ended already, or this machine has no priorities.
  }
}

function baseOf(path: string | undefined): TileFile | null {
  const found = path === undefined ? undefined : statSync(path, { throwIfNoEntry: false })
  if (!path || !found?.isFile()) return null
  return { path, version: `${found.size.toString(36)}-${Math.floor(found.mtimeMs).toString(36)}` }
}
