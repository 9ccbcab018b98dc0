import { readFileSync } from 'node:fs'
import {
  findNodeAtLocation,
  type Node,
  type ParseError,
  parseTree,
  printParseErrorCode,
} from 'jsonc-parser'
import type { z } from 'zod'

/** One thing wrong with a file of a pack: where, and what to do. */
export interface FileFault {
  file: string
  /** From 1. */
  line: number
  message: string
}

const strictly = { disallowComments: true, allowTrailingComma: false, allowEmptyContent: false }

/**
 * Reads a JSON file of a pack by its schema. Every fault carries its line; a name that stands twice is
 * a fault too, where JSON.parse would keep the last in silence. `value` is missing when there is one.
 */
export function readJson<T>(
  path: string,
  file: string,
  schema: z.ZodType<T>,
): { value?: T; faults: FileFault[]; lineOf: (...at: string[]) => number } {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch {
    const message = 'is missing or cannot be read; add it.'
    return { faults: [{ file, line: 1, message }], lineOf: () => 1 }
  }
  const lineAt = (offset: number): number => text.slice(0, offset).split('\n').length
  const errors: ParseError[] = []
  const tree = parseTree(text, errors, strictly)
  const faults = errors.map(({ error, offset }) => ({
    file,
    line: lineAt(offset),
    message: `is not valid JSON (${printParseErrorCode(error)}); mend this line.`,
  }))
  if (!tree || faults.length > 0) return { faults, lineOf: () => 1 }
  const lineOf = (...at: (string | number)[]): number => lineAt(nearestNode(tree, at).offset)
  faults.push(...twice(tree).map((node) => twiceFault(file, node, lineAt)))
  const parsed = schema.safeParse(JSON.parse(text))
  if (parsed.success)
    return faults.length > 0 ? { faults, lineOf } : { value: parsed.data, faults, lineOf }
  for (const { path: at, message } of parsed.error.issues) {
    const line = lineOf(...(at as (string | number)[]))
    faults.push({ file, line, message: `"${at.join('.') || 'the whole file'}" ${message}.` })
  }
  return { faults, lineOf }
}

const twiceFault = (file: string, node: Node, lineAt: (offset: number) => number): FileFault => ({
  file,
  line: lineAt(node.offset),
  message: `"${node.value}" stands twice in the same place; give one another name or delete it.`,
})

/** The names that stand a second time in their object. */
function twice(node: Node): Node[] {
  const found: Node[] = []
  if (node.type === 'object') {
    const seen = new Set<unknown>()
    for (const property of node.children ?? []) {
      const name = property.children?.[0]
      if (name && seen.has(name.value)) found.push(name)
      seen.add(name?.value)
    }
  }
  return [...found, ...(node.children ?? []).flatMap(twice)]
}

/** The node of a path, or of the longest beginning of it that is there. */
function nearestNode(tree: Node, path: readonly (string | number)[]): Node {
  for (let length = path.length; length > 0; length--) {
    const node = findNodeAtLocation(tree, path.slice(0, length))
    if (node) return node
  }
  return tree
}

/** A fault as one line for a person. */
export const faultLine = ({ file, line, message }: FileFault): string =>
  `${file}, line ${line}: ${message}`
