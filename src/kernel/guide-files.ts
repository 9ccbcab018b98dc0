// Reads a folder of a city's guidance strictly: what deceives a reader or hides a mistake is a fault with file and line.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { limits } from './limits.ts'
import { deceptive } from './text.ts'

/** One thing wrong: a sentence that says what to do, with the file and the line (from 1) where known. */
export interface GuideFault {
  file: string
  line?: number
  message: string
}

/** The JSON files of a guide's folder by name, and what is wrong with them. */
export interface GuideFiles {
  files: Map<string, Record<string, unknown>>
  faults: GuideFault[]
}

/** A guide's fault as one line for a person. */
export const guideFaultLine = ({ file, line, message }: GuideFault): string =>
  `${file}${line === undefined ? '' : `, line ${line}`}: ${message}`

/** Reads every JSON file of a folder. A file that is no JSON object is missing from `files`. */
export function readGuideFiles(folder: string): GuideFiles {
  const read: GuideFiles = { files: new Map(), faults: [] }
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.json')).sort()) {
    const text = readFileSync(join(folder, file), 'utf8')
    const fault = (message: string, line?: number): void =>
      void read.faults.push({ file, message, ...(line === undefined ? {} : { line }) })
    const value = parse(text, fault)
    if (!value) continue
    read.files.set(file, value)
    for (const { key, line } of duplicateKeys(text))
      fault(`holds "${key}" twice in one object; keep one.`, line)
    for (const [at, words] of stringsOf(value)) {
      const why = faultOfWords(words)
      if (why) fault(`"${at}" ${why}`, lineOf(text, at))
    }
  }
  return read
}

function parse(text: string, fault: (message: string, line?: number) => void) {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null && !Array.isArray(value))
      return value as Record<string, unknown>
    fault('is not a JSON object; write { "key": "text" }.')
  } catch (error) {
    const { message } = error as Error
    const position = /position (\d+)/.exec(message)?.[1]
    const line = position === undefined ? undefined : text.slice(0, Number(position)).split('\n').length
    fault('is not valid JSON; mend it there.', line)
  }
  return undefined
}

function faultOfWords(words: string): string | undefined {
  if (words.length > limits.guideTextCharacters)
    return `is longer than ${limits.guideTextCharacters} characters; split it.`
  if (deceptive(words))
    return 'holds a mark that turns or hides letters (bidirectional control, zero width, line break); remove it.'
  return /<[a-z/!]/i.test(words) ? 'holds markup; write plain words.' : undefined
}

/** Every string of a value with its path: `cards.CARD-I200.asOf`. */
function stringsOf(value: unknown, at = ''): [string, string][] {
  if (typeof value === 'string') return [[at, value]]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, each]) => {
    const path = at ? `${at}.${key}` : key
    return [...stringsOf(key, `${path} (its name)`), ...stringsOf(each, path)]
  })
}

/** The line of a text's own key, for files of one level; of others the path says where. */
function lineOf(text: string, path: string): number | undefined {
  const at = text.indexOf(`"${path.replace(/ \(its name\)$/, '')}"`)
  return at < 0 ? undefined : text.slice(0, at).split('\n').length
}

/** Keys that stand twice in one object: JSON.parse would take the last in silence. The text is valid JSON. */
function duplicateKeys(text: string): { key: string; line: number }[] {
  const found: { key: string; line: number }[] = []
  const open: Set<string>[] = []
  // Strings whole, so that brackets in them do not count.
  for (const { 0: token, index } of text.matchAll(/"(?:[^"\\]|\\.)*"|[{}[\]]/g)) {
    if (token === '{' || token === '[') open.push(new Set())
    else if (token === '}' || token === ']') open.pop()
    else if (/^\s*:/.test(text.slice(index + token.length, index + token.length + 20))) {
      const keys = open.at(-1)
      const key = String(JSON.parse(token))
      if (keys?.has(key)) found.push({ key, line: text.slice(0, index).split('\n').length })
      keys?.add(key)
    }
  }
  return found
}
