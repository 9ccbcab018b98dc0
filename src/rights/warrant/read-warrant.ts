import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { type Catalogue, readTexts, textFilesOf } from '../../kernel/i18n/index.ts'
import { type Sources, sourcesSchema } from '../contract-guides.ts'
import type { WarrantTree } from '../contract-warrant.ts'
import { treeFaults } from '../contract-warrant-faults.ts'
import { WarrantTreeFile } from '../contract-warrant-tree.ts'
import { type FileFault, faultLine, readJson } from '../guides/read-json.ts'
import { faultOfText } from '../guides/text-faults.ts'

/** The checker of one city: its tree, and its words in every language. */
export interface WarrantGuide {
  tree: WarrantTree
  sources: Sources
  /** Read once a language; English stands for what is missing or stale. */
  texts(lang: string): Catalogue
}

/** A language's file: words by key, and `$of`, which binds them to their English. */
const textsFile = z.record(z.string(), z.union([z.string(), z.record(z.string(), z.string())]))
type TextsFile = z.infer<typeof textsFile>

/** The checker of a city's guidance (`cities/nyc/guides`), or null where it has none. Throws an Error with every fault. */
export function readWarrant(guides: string | null): WarrantGuide | null {
  if (guides === null || !existsSync(join(guides, 'warrant'))) return null
  const { tree, sources, faults } = readFiles(guides)
  if (!tree || faults.length > 0)
    throw new Error(
      `The warrant checker in ${guides} cannot be used:\n${faults.map(faultLine).join('\n')}`,
    )
  const known = new Map<string, Catalogue>()
  return {
    tree,
    sources,
    texts(lang) {
      const catalogue = known.get(lang) ?? readTexts(join(guides, 'warrant'), lang)
      known.set(lang, catalogue)
      return catalogue
    },
  }
}

/** What is wrong with the warrant checker of a city's guidance, each a sentence with file and line; none where there is none. */
export const warrantFaults = (guides: string): string[] =>
  existsSync(join(guides, 'warrant')) ? readFiles(guides).faults.map(faultLine) : []

function readFiles(guides: string) {
  const file = 'warrant/tree.json'
  const sources = readJson(join(guides, 'sources.json'), 'sources.json', sourcesSchema)
  const tree = readJson(join(guides, file), file, WarrantTreeFile)
  const english = readWords(guides, 'en.json')
  const others = textFilesOf(join(guides, 'warrant')).filter((name) => name !== 'en.json')
  const faults: FileFault[] = [
    ...[sources, tree, english].flatMap((each) => each.faults),
    ...others.flatMap((name) => readWords(guides, name).faults),
  ]
  if (tree.value)
    for (const { at, message } of treeFaults(
      tree.value,
      wordsIn(english.value),
      sources.value ?? {},
    ))
      faults.push({ file, line: tree.lineOf(...at), message })
  return { tree: tree.value, sources: sources.value ?? {}, faults }
}

/** One language's words, with what would deceive or harm a reader. */
function readWords(guides: string, name: string): { value?: TextsFile; faults: FileFault[] } {
  const file = `warrant/${name}`
  const { value, faults, lineOf } = readJson(join(guides, file), file, textsFile)
  for (const [key, words] of Object.entries(wordsIn(value))) {
    const fault = faultOfText(words)
    if (fault) faults.push({ file, line: lineOf(key), message: `"${key}" ${fault}` })
  }
  return value ? { value, faults } : { faults }
}

const wordsIn = (file: TextsFile = {}): Record<string, string> =>
  Object.fromEntries(
    Object.entries(file).filter(
      (entry): entry is [string, string] =>
        !entry[0].startsWith('$') && typeof entry[1] === 'string',
    ),
  )
