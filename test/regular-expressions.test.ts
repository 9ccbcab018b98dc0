import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { isSafePattern } from 'redos-detector'
import ts from 'typescript'
import { expect, test } from 'vitest'
import { root } from '../src/commands/session.ts'
import { parse, walk } from './architecture-read.ts'

/** What of ours may read what strangers typed. The commands read our own files, and PostgreSQL's version. */
const reads = /^(src\/(?!commands\/|kernel\/db\/)|web\/).*\.(ts|svelte)$/

interface Pattern {
  where: string
  source: string
  flags: string
}

/** Every regular expression that a file writes down. */
function patternsOf(path: string): Pattern[] {
  const found: Pattern[] = []
  walk(parse(path, readFileSync(join(root, path), 'utf8')), (node) => {
    if (!ts.isRegularExpressionLiteral(node)) return
    const [, source = '', flags = ''] = /^\/([\s\S]*)\/(\w*)$/.exec(node.text) ?? []
    found.push({ where: path, source, flags })
  })
  return found
}

const slowOnes = (patterns: readonly Pattern[]): string[] =>
  patterns.flatMap(({ where, source, flags }) => {
    const { safe } = isSafePattern(source, {
      caseInsensitive: flags.includes('i'),
      unicode: flags.includes('u'),
      dotAll: flags.includes('s'),
      multiLine: flags.includes('m'),
      maxScore: 500,
      timeout: 5000,
    })
    // Squares and worse: 27 letters froze such a one for three seconds (F36).
    return safe ? [] : [`${where} /${source}/${flags}`]
  })

test('no pattern of ours takes longer than its text is long', () => {
  const paths = ['src', 'web']
    .flatMap((top) =>
      readdirSync(join(root, top), { recursive: true }).map((name) => join(top, String(name))),
    )
    .filter((path) => reads.test(path) && !path.includes('.test.'))
  const patterns = paths.flatMap(patternsOf)
  expect(patterns.length).toBeGreaterThan(50)
  expect(slowOnes(patterns)).toEqual([])
}, 300_000)

test('the check knows one that does', () => {
  expect(slowOnes([{ where: 'here', source: '^(\\w+\\s?)*$', flags: '' }])).toHaveLength(1)
})
