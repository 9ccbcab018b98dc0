import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from '@messageformat/parser'
import {
  messageFormat,
  packTextFolders,
  readCatalogue,
  readTexts,
  sourceHash,
  textFolders,
  textLanguages,
} from '../src/kernel/i18n/index.ts'

// node tools/check-texts.ts            says what is wrong with the texts; exit 1 on a fault
// node tools/check-texts.ts --stamp es            binds new Spanish texts to the English they were made from
// node tools/check-texts.ts --stamp es KEY ...    binds these again, after somebody has looked at them

/** The program's texts, and those of the city packs' guides. */
const allFolders = (root: string): [prefix: string, folder: string][] => [
  ...textFolders(root),
  ...packTextFolders(root),
]

type File = Record<string, unknown> & { $of?: Record<string, string> }

const read = (path: string): File =>
  existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as File) : {}
const keysOf = (file: File): string[] => Object.keys(file).filter((key) => !key.startsWith('$'))

/** The names in braces that a text takes, sorted: a translation must take the same. */
export function placeholders(text: string): string {
  const names = new Set<string>()
  const walk = (tokens: readonly object[]): void => {
    for (const token of tokens) {
      if ('arg' in token) names.add(String(token.arg))
      if ('cases' in token)
        for (const each of token.cases as { tokens: object[] }[]) walk(each.tokens)
    }
  }
  walk(parse(text))
  return [...names].sort().join(' ')
}

/** What is wrong with one language's file beside the English one: a sentence a fault. */
export function faultsOf(english: File, translated: File, lang: string): string[] {
  return keysOf(translated).flatMap((key) => {
    const source = english[key]
    const text = translated[key]
    if (typeof source !== 'string') return [`${key}: English has no such text`]
    if (typeof text !== 'string' || text.trim() === '') return [`${key}: is empty`]
    return faultOfText(key, source, text, lang)
  })
}

function faultOfText(key: string, source: string, text: string, lang: string): string[] {
  try {
    messageFormat(lang).compile(text)
    const [wanted, got] = [placeholders(source), placeholders(text)]
    return wanted === got ? [] : [`${key}: takes {${got}}, the English takes {${wanted}}`]
  } catch (error) {
    return [`${key}: ${(error as Error).message.split('\n')[0]}`]
  }
}

/**
 * Texts that are bound stay as they are: a stale one must not become fresh unseen. Answers those of
 * `again` that the language has nowhere: nothing was bound for them.
 */
function stamp(root: string, lang: string, again: ReadonlySet<string>): string[] {
  const unknown = new Set(again)
  for (const [, folder] of allFolders(root)) {
    const path = join(folder, `${lang}.json`)
    if (!existsSync(path)) continue
    const english = read(join(folder, 'en.json'))
    const file = read(path)
    for (const key of keysOf(file)) unknown.delete(key)
    const boundTo = (key: string, source: string): string =>
      again.has(key) ? sourceHash(source) : (file.$of?.[key] ?? sourceHash(source))
    const of = Object.fromEntries(
      keysOf(file).flatMap((key) =>
        typeof english[key] === 'string' ? [[key, boundTo(key, english[key])]] : [],
      ),
    )
    const { $status = 'machine-draft', $of: _of, ...texts } = file
    writeFileSync(path, `${JSON.stringify({ $status, $of: of, ...texts }, null, 2)}\n`)
  }
  return [...unknown]
}

function check(root: string): number {
  let faults = 0
  for (const [prefix, folder] of allFolders(root)) {
    const english = read(join(folder, 'en.json'))
    for (const lang of textLanguages(root)) {
      const found = faultsOf(english, read(join(folder, `${lang}.json`)), lang)
      for (const fault of found) console.log(`${prefix}/${lang}.json: ${fault}`)
      faults += found.length
    }
  }
  for (const lang of textLanguages(root)) {
    const read = [
      ['', readCatalogue(root, lang)] as const,
      ...packTextFolders(root).map(([name, folder]) => [name, readTexts(folder, lang)] as const),
    ]
    for (const [name, { messages, fallbacks, status }] of read) {
      const total = Object.keys(messages).length
      const fresh = `${total - fallbacks.length} of ${total} texts, ${status}`
      console.log(`${lang.padEnd(8)} ${name ? `${name}: ` : ''}${fresh}`)
    }
  }
  return faults
}

if (import.meta.main) {
  const [flag, lang, ...again] = process.argv.slice(2)
  if (flag === '--stamp' && lang) {
    const unknown = stamp(process.cwd(), lang, new Set(again))
    for (const key of unknown)
      console.error(
        `${lang} has no text ${key}; keys are as the file writes them, without the room.`,
      )
    process.exitCode = unknown.length > 0 ? 1 : 0
  } else process.exitCode = check(process.cwd()) > 0 ? 1 : 0
}
