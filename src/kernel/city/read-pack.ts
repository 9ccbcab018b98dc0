// Reads a city pack from disk and collects every fault in it, so that its administrator fixes them all in one go.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import type { z } from 'zod'
import type { AreaInput } from './areas.ts'
import { type Dataset, type Pack, packSchema } from './contract.ts'
import { crossCheck } from './cross-check.ts'
import {
  type CornerRow,
  type PlaceRow,
  readAreas,
  readCorners,
  readPlaces,
  readStreets,
  type StreetRow,
} from './read-rows.ts'

const unzip = promisify(gunzip)

/** One thing wrong: a sentence that says what to do, with the file and row (first data row = 1) where known. */
export interface Fault {
  file: string
  row?: number
  message: string
}

export interface PackContent {
  pack: Pack
  areas: AreaInput[]
  corners: CornerRow[]
  streets: StreetRow[]
  places: PlaceRow[]
  /** Rows found per dataset file. */
  rowCounts: Map<string, number>
}

/**
 * Reads all of a pack. `content` is missing only when pack.json itself cannot be used; faults may come with content.
 * `skipMap` leaves the map's large files unread: the server only needs to know that they are there.
 */
export async function readPack(
  folder: string,
  { skipMap = false } = {},
): Promise<{ content?: PackContent; faults: Fault[] }> {
  const faults: Fault[] = []
  const pack = await readPackFile(folder, faults)
  if (!pack) return { faults }
  const content: PackContent = {
    pack,
    areas: [],
    corners: [],
    streets: [],
    places: [],
    rowCounts: new Map(),
  }
  // In the order of areaKinds, so that areasAt() answers in that order.
  const order = new Map(pack.areaKinds.map(({ kind }, i) => [kind, i]))
  const rank = (set: Dataset) => order.get(set.kind ?? '') ?? order.size
  for (const set of [...pack.datasets].sort((a, b) => rank(a) - rank(b))) {
    if (!skipMap || set.holds !== 'map') await readDataset(folder, set, content, faults)
  }
  faults.push(...crossCheck(content))
  return { content, faults }
}

/** A fault as one line for a person. */
export function faultLine(fault: Fault): string {
  return `${fault.file}${fault.row === undefined ? '' : `, row ${fault.row}`}: ${fault.message}`
}

async function readPackFile(folder: string, faults: Fault[]): Promise<Pack | undefined> {
  const fail = (message: string) => void faults.push({ file: 'pack.json', message })
  let json: unknown
  try {
    json = JSON.parse(await readFile(join(folder, 'pack.json'), 'utf8'))
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT'
    fail(
      missing
        ? 'is missing; every pack folder needs one (copy cities/lanternport/pack.json and change it).'
        : `is not valid JSON: ${(error as Error).message}. Mend the spot it names.`,
    )
    return undefined
  }
  const parsed = packSchema.safeParse(json)
  if (!parsed.success) for (const issue of parsed.error.issues) fail(issueSentence(issue))
  return parsed.data
}

function issueSentence(issue: z.core.$ZodIssue): string {
  return `"${issue.path.join('.') || 'the whole file'}": ${issue.message}. Correct this setting; docs/city-packs.md describes each.`
}

async function readDataset(
  folder: string,
  set: Dataset,
  content: PackContent,
  faults: Fault[],
): Promise<void> {
  let text: string
  try {
    const bytes = await readFile(join(folder, set.file))
    text = (set.file.endsWith('.gz') ? await unzip(bytes) : bytes).toString('utf8')
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT'
    faults.push({
      file: set.file,
      message: missing
        ? 'is listed in pack.json under datasets but is not in the folder; add the file or remove the entry.'
        : `cannot be read: ${(error as Error).message}. Write it again.`,
    })
    return
  }
  const rows = takeRows(set, text, content, faults)
  content.rowCounts.set(set.file, rows)
  if (rows !== set.rows)
    faults.push({
      file: set.file,
      message: `holds ${rows} rows but pack.json says ${set.rows}; correct "rows", or find out what was lost.`,
    })
}

function takeRows(set: Dataset, text: string, content: PackContent, faults: Fault[]): number {
  const fault = (message: string, row?: number) =>
    void faults.push({ file: set.file, message, ...(row === undefined ? {} : { row }) })
  switch (set.holds) {
    case 'areas':
      return append(content.areas, readAreas(text, set.kind ?? '', fault))
    case 'corners':
      return append(content.corners, readCorners(text, fault))
    case 'streets':
      return append(content.streets, readStreets(text, fault))
    case 'places':
      return append(content.places, readPlaces(text, fault))
    case 'map':
      return countMapRows(set.file, text, fault)
  }
}

function append<T>(target: T[], rows: { good: T[]; count: number }): number {
  for (const row of rows.good) target.push(row)
  return rows.count
}

function countMapRows(file: string, text: string, fault: (message: string) => void): number {
  if (file.includes('.ndjson')) return text.split('\n').filter((line) => line !== '').length
  try {
    return (JSON.parse(text) as { features: unknown[] }).features.length
  } catch {
    fault(
      'is not a GeoJSON FeatureCollection; export it again as GeoJSON, or as .ndjson with one line per segment.',
    )
    return 0
  }
}
