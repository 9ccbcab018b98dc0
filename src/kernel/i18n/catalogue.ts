import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** How far a translation has come. `source` is English itself. */
export type TranslationStatus = 'source' | 'machine-draft' | 'native-reviewed' | 'lawyer-reviewed'

/** One language's texts, merged over all rooms, with the keys that fell back to English. */
export interface Catalogue {
  lang: string
  status: TranslationStatus
  messages: Record<string, string>
  /** Keys shown in English because they are missing here or their English changed since. */
  fallbacks: string[]
}

interface CatalogueFile {
  $status?: TranslationStatus
  /** key -> sourceHash of the English text this translation was made from */
  $of?: Record<string, string>
  [key: string]: unknown
}

/** The short hash that binds a translation to the English it was made from. */
export const sourceHash = (english: string): string =>
  createHash('sha256').update(english).digest('hex').slice(0, 8)

/** The folders that hold texts, as [prefix, folder]: one a room, and the shell's own under `web`. */
export function textFolders(root: string): [prefix: string, folder: string][] {
  const rooms = readdirSync(join(root, 'src'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(root, 'src', entry.name, 'texts')))
    .map((entry): [string, string] => [entry.name, join(root, 'src', entry.name, 'texts')])
  return [['web', join(root, 'web', 'texts')], ...rooms]
}

/** Every language that has at least one text file; English first. */
export function textLanguages(root: string): string[] {
  const found = new Set<string>()
  for (const [, folder] of textFolders(root))
    for (const file of readdirSync(folder))
      if (file.endsWith('.json')) found.add(file.slice(0, -'.json'.length))
  found.delete('en')
  return ['en', ...[...found].sort()]
}

const readFile = (folder: string, lang: string): CatalogueFile => {
  const path = join(folder, `${lang}.json`)
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as CatalogueFile) : {}
}

const textsOf = (file: CatalogueFile): [string, string][] =>
  Object.entries(file).filter(
    (entry): entry is [string, string] => !entry[0].startsWith('$') && typeof entry[1] === 'string',
  )

/**
 * Reads one language over all rooms. A translation whose English has changed since it was made is
 * not shown: the English stands in its place until a person has looked at it (mission.md 6).
 */
export function readCatalogue(root: string, lang: string): Catalogue {
  const catalogue: Catalogue = { lang, status: 'source', messages: {}, fallbacks: [] }
  const statuses = textFolders(root).map(([prefix, folder]) =>
    addFolder(catalogue, folder, `${prefix}.`),
  )
  if (lang !== 'en') catalogue.status = weakest(statuses)
  return catalogue
}

/**
 * The folders of the city packs' own texts, as [prefix, folder]: one a guide, such as `nyc/guides/warrant`. They
 * are read when they are asked for and are in no page's bundle.
 */
export function packTextFolders(root: string): [prefix: string, folder: string][] {
  const inside = (folder: string): string[] =>
    existsSync(folder)
      ? readdirSync(folder, { withFileTypes: true })
          .filter((entry) => entry.isDirectory())
          .map(({ name }) => name)
          .sort()
      : []
  return inside(join(root, 'cities')).flatMap((city) =>
    inside(join(root, 'cities', city, 'guides'))
      .map((guide): [string, string] => [
        `${city}/guides/${guide}`,
        join(root, 'cities', city, 'guides', guide),
      ])
      .filter(([, folder]) => existsSync(join(folder, 'en.json'))),
  )
}

/**
 * One folder's texts in a language, by their own keys. The same rule as for a room's: what is missing or older
 * than its English is English, and `fallbacks` names it. Throws where `en.json` is missing or no JSON.
 */
export function readTexts(folder: string, lang: string): Catalogue {
  if (!existsSync(join(folder, 'en.json'))) throw new Error(`${folder} holds no en.json`)
  const catalogue: Catalogue = { lang, status: 'source', messages: {}, fallbacks: [] }
  const status = addFolder(catalogue, folder, '')
  if (lang !== 'en') catalogue.status = status
  return catalogue
}

/** The names of a folder's language files: `en.json`, `zh-Hans.json`. */
export const textFilesOf = (folder: string): string[] =>
  readdirSync(folder).filter((name) => /^[a-z]{2,3}(-[A-Z][a-z]{3})?\.json$/.test(name))

/** Adds a folder's texts; answers how far their translation has come. */
function addFolder(to: Catalogue, folder: string, prefix: string): TranslationStatus {
  const translated = to.lang === 'en' ? {} : readFile(folder, to.lang)
  for (const [key, english] of textsOf(readFile(folder, 'en')))
    addMessage(to, `${prefix}${key}`, english, translated, key)
  return translated.$status ?? 'machine-draft'
}

function addMessage(
  to: Catalogue,
  name: string,
  english: string,
  translated: CatalogueFile,
  key: string,
): void {
  const text = translated[key]
  const fresh = typeof text === 'string' && translated.$of?.[key] === sourceHash(english)
  to.messages[name] = fresh ? text : english
  if (to.lang !== 'en' && !fresh) to.fallbacks.push(name)
}

const weakest = (statuses: TranslationStatus[]): TranslationStatus =>
  (['machine-draft', 'native-reviewed', 'lawyer-reviewed'] as const).find((status) =>
    statuses.includes(status),
  ) ?? 'machine-draft'
