import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { type Guide, guideSchema, type Sources, sourcesSchema } from '../contract-guides.ts'
import { type FileFault, faultLine, readJson } from './read-json.ts'
import { faultOfText } from './text-faults.ts'

/** The guides of a pack with their English words, in their order. */
export interface GuidePack {
  folder: string
  sources: Sources
  guides: Guide[]
  /** English, under `situation.key`; what several guides share under `common.key`. */
  english: Map<string, string>
}

const texts = z.record(z.string(), z.string())

/** The name under which the words of a statement stand. */
export const textName = (
  situation: string,
  { key, shared }: { key: string; shared?: true | undefined },
): string => (shared ? `common.${key}` : `${situation}.${key}`)

/**
 * Reads all guides of a folder (`cities/nyc/guides`). Every fault is one sentence with its file and line;
 * with any, nothing should be served: half a guide is none.
 */
export function readGuides(folder: string): { pack: GuidePack; faults: FileFault[] } {
  const pack: GuidePack = { folder, sources: {}, guides: [], english: new Map() }
  const faults: FileFault[] = []
  if (!existsSync(folder)) {
    const message = 'is not there; correct "guides" in pack.json, or take it out.'
    return { pack, faults: [{ file: folder, line: 1, message }] }
  }
  const sources = readJson(join(folder, 'sources.json'), 'sources.json', sourcesSchema)
  pack.sources = sources.value ?? {}
  faults.push(...sources.faults, ...readEnglish(pack, 'common'))
  for (const name of guideFolders(folder)) faults.push(...readGuide(pack, name))
  pack.guides.sort((a, b) => a.order - b.order)
  return { pack, faults }
}

const guideFolders = (folder: string): string[] =>
  readdirSync(folder)
    .filter((name) => existsSync(join(folder, name, 'guide.json')))
    .sort()

function readGuide(pack: GuidePack, name: string): FileFault[] {
  const file = `${name}/guide.json`
  const { value: guide, faults } = readJson(join(pack.folder, file), file, guideSchema)
  faults.push(...readEnglish(pack, name))
  if (!guide) return faults
  if (guide.situation !== name)
    faults.push({ file, line: 2, message: `says "${guide.situation}"; the folder is "${name}".` })
  if (pack.guides.some(({ order }) => order === guide.order))
    faults.push({ file, line: 3, message: `has the order ${guide.order} of another guide.` })
  pack.guides.push(guide)
  return [...faults, ...faultsBetween(pack, guide, file)]
}

function readEnglish({ folder, english }: GuidePack, name: string): FileFault[] {
  const file = `${name}/en.json`
  const { value, faults, lineOf } = readJson(join(folder, file), file, texts)
  for (const [key, text] of Object.entries(value ?? {})) {
    const fault = faultOfText(text)
    if (fault) faults.push({ file, line: lineOf(key), message: `"${key}" ${fault}` })
    english.set(`${name}.${key}`, text)
  }
  return faults
}

/** What a schema cannot see: words that are missing, keys that stand twice, sources that nobody lists. */
function faultsBetween({ english, sources }: GuidePack, guide: Guide, file: string): FileFault[] {
  const faults: FileFault[] = []
  const fault = (message: string): void => void faults.push({ file, line: 1, message })
  for (const key of ['title', 'summary'])
    if (!english.has(`${guide.situation}.${key}`)) fault(`has no "${key}" in its en.json.`)
  const seen = new Set<string>()
  for (const statement of guide.statements) {
    if (seen.has(statement.key)) fault(`has two statements called "${statement.key}".`)
    seen.add(statement.key)
    if (!english.has(textName(guide.situation, statement)))
      fault(`has no English words for "${statement.key}".`)
    for (const source of statement.sources ?? [])
      if (!(source in sources))
        fault(`"${statement.key}" names "${source}", which sources.json lacks.`)
  }
  return faults
}

/** Every fault of the guides in a folder, each a sentence with its file and line. */
export const guideFaults = (folder: string): string[] => readGuides(folder).faults.map(faultLine)
