import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { type GuideFault, guideFaultLine, readGuideFiles } from '../../kernel/guide-files.ts'
import { type Catalogue, readTexts } from '../../kernel/i18n/index.ts'
import type { WarrantTree } from '../contract-warrant.ts'
import { treeFaults, WarrantTreeFile } from '../contract-warrant-tree.ts'

/** The checker of one city: its tree, and its words in every language. */
export interface WarrantGuide {
  tree: WarrantTree
  /** Read once a language; English stands for what is missing or stale. */
  texts(lang: string): Catalogue
}

/**
 * Reads the warrant checker of a city's guidance, or answers null where the city has none. Throws one Error that
 * lists every fault: a tree that leads nowhere must not meet anybody at their door.
 */
export function readWarrant(citiesFolder: string, guides: string | undefined): WarrantGuide | null {
  const folder = guides && join(citiesFolder, guides, 'warrant')
  if (!folder || !existsSync(folder)) return null
  const { files, faults } = readGuideFiles(folder)
  const parsed = WarrantTreeFile.safeParse(files.get('tree.json'))
  const said = (message: string): GuideFault => ({ file: 'tree.json', message })
  faults.push(
    ...(parsed.error?.issues ?? []).map((issue) => said(`"${issue.path.join('.')}": ${issue.message}`)),
    ...(parsed.data ? treeFaults(parsed.data, stringsIn(files.get('en.json'))).map(said) : []),
  )
  if (!parsed.data || faults.length > 0)
    throw new Error(
      `The warrant checker in ${folder} cannot be used:\n${faults.map(guideFaultLine).join('\n')}`,
    )
  const known = new Map<string, Catalogue>()
  return {
    tree: parsed.data,
    texts(lang) {
      const catalogue = known.get(lang) ?? readTexts(folder, lang)
      known.set(lang, catalogue)
      return catalogue
    },
  }
}

const stringsIn = (file: Record<string, unknown> = {}): Record<string, string> =>
  Object.fromEntries(
    Object.entries(file).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  )
