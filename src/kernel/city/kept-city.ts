// A city pack made ready: two packed files and the places once more compressed, kept on disk under the pack's own hash.
import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import { packAreas } from './area-shapes.ts'
import { indexAreas } from './areas.ts'
import type { PlacesFile } from './contract.ts'
import { buildGazetteer } from './gazetteer.ts'
import { faultLine, readPack } from './read-pack.ts'
import { writeTables } from './write-tables.ts'

const compressBrotli = promisify(brotliCompress)
const compressGzip = promisify(gzip)
const run = promisify(execFile)

/** A city made ready: what `openAreas` and `openTables` open. */
export interface ReadyCity {
  areas: Uint8Array
  places: Uint8Array
  placesFile: PlacesFile
}

/** Makes a pack ready in memory. Throws one Error that lists every fault of the pack, each a sentence. */
export async function makeReady(folder: string): Promise<ReadyCity> {
  const { content, faults } = await readPack(folder, { skipMap: true })
  if (!content || faults.length > 0)
    throw new Error(
      `The city pack in ${folder} cannot be used:\n${faults.map(faultLine).join('\n')}`,
    )
  const { pack } = content
  const areas = indexAreas(content.areas, pack.landKind)
  const gazetteer = buildGazetteer(content, areas, pack.landKind)
  const stamp = await stampOf(folder)
  const places = writeTables(content, gazetteer, areas, stamp)
  return {
    areas: packAreas(pack, content.areas),
    places,
    placesFile: { stamp, read: (encoding) => compressed(places, encoding, 5) },
  }
}

/**
 * The city made ready, read from `keptIn`; where it is missing there, a process of its own makes it first (two to
 * four seconds, once a pack). Throws as `makeReady` does.
 */
export async function keptReady(folder: string, keptIn: string): Promise<ReadyCity> {
  const stamp = await stampOf(folder)
  const path = join(keptIn, `${basename(folder)}-${stamp}`)
  if (!existsSync(`${path}.places`)) await makeKept(folder, keptIn)
  const [areas, places] = await Promise.all([readFile(`${path}.areas`), readFile(`${path}.places`)])
  const ending = { identity: '', gzip: '.gz', br: '.br' }
  const placesFile: PlacesFile = {
    stamp,
    read: (encoding) => readFile(`${path}.places${ending[encoding]}`),
  }
  return { areas, places, placesFile }
}

/** Writes the files of `keptReady`, the one that tells that all are there last. */
export async function keep(folder: string, keptIn: string): Promise<void> {
  const { areas, places, placesFile } = await makeReady(folder)
  const path = join(keptIn, `${basename(folder)}-${placesFile.stamp}`)
  await mkdir(keptIn, { recursive: true })
  await write(`${path}.areas`, areas)
  await write(`${path}.places.br`, await compressed(places, 'br', constants.BROTLI_MAX_QUALITY))
  await write(`${path}.places.gz`, await compressed(places, 'gzip', constants.Z_BEST_COMPRESSION))
  await write(`${path}.places`, places)
  await forgetOld(keptIn, basename(folder))
}

/** Files of packs that no process started in the last day can be using. */
async function forgetOld(keptIn: string, city: string): Promise<void> {
  for (const name of await readdir(keptIn)) {
    const path = join(keptIn, name)
    if (name.startsWith(`${city}-`) && (await stat(path)).mtimeMs < Date.now() - A_DAY)
      await rm(path, { force: true })
  }
}

const A_DAY = 24 * 60 * 60 * 1000

/** Apart from the program: the 250 MB that making takes are gone with the process that made it. */
async function makeKept(folder: string, keptIn: string): Promise<void> {
  const program = join(import.meta.dirname, 'make-kept.ts')
  await run(process.execPath, [program, folder, keptIn]).catch((error: { stderr?: string }) => {
    throw new Error(error.stderr?.trim() || `The city pack in ${folder} could not be made ready.`)
  })
}

/** Nobody ever sees half a file. */
async function write(path: string, bytes: Uint8Array): Promise<void> {
  const draft = `${path}.${process.pid}`
  await writeFile(draft, bytes)
  await rename(draft, path)
}

async function compressed(
  bytes: Uint8Array,
  encoding: 'identity' | 'gzip' | 'br',
  quality: number,
): Promise<Uint8Array> {
  if (encoding === 'identity') return bytes
  if (encoding === 'gzip') return compressGzip(bytes, { level: quality })
  return compressBrotli(bytes, {
    params: { [constants.BROTLI_PARAM_QUALITY]: quality, [constants.BROTLI_PARAM_LGWIN]: 22 },
  })
}

/** Of everything that goes in: the pack's files and the program that reads them. */
async function stampOf(folder: string): Promise<string> {
  const hash = createHash('sha256')
  for (const root of [folder, import.meta.dirname])
    for (const file of await filesIn(root))
      hash.update(file.slice(root.length)).update(await readFile(file))
  return hash.digest('hex').slice(0, 16)
}

async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true }).catch(() => [])
  // Guides are no part of what is kept: a new sentence makes no new city.
  return entries
    .filter(
      (entry) => entry.isFile() && !/\.test\.ts$|^street-lines|^subway-lines/.test(entry.name),
    )
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !path.startsWith(join(folder, 'guides')))
    .sort()
}
