import type { FastifyRequest } from 'fastify'
import { limits } from '../limits.ts'
import { Problem } from '../problem.ts'

/** Parses a body; says where it is malformed, and refuses depths no honest body has. */
export function parseJson(
  _request: FastifyRequest,
  body: string | Buffer,
  done: (error: Error | null, value?: unknown) => void,
): void {
  try {
    done(null, readBody(String(body)))
  } catch (error) {
    done(error as Error)
  }
}

function readBody(text: string): unknown {
  if (text.trim() === '') return undefined
  if (tooDeep(text))
    throw new Problem(
      'kernel/too-deep',
      400,
      `The body is nested deeper than ${limits.jsonDepth} levels.`,
    )
  try {
    return JSON.parse(text)
  } catch (error) {
    const where = /position \d+/.exec((error as Error).message)?.[0]
    const at = where ? ` (at ${where})` : ''
    throw new Problem('kernel/malformed-json', 400, `The body is not valid JSON${at}.`)
  }
}

/** Whether a text opens more brackets than that, wherever they stand: few of them cannot be deep. */
function hasMore(text: string, most: number): boolean {
  let count = 0
  for (const bracket of '[{')
    for (let at = text.indexOf(bracket); at >= 0; at = text.indexOf(bracket, at + 1))
      if (++count > most) return true
  return false
}

/** What changes the depth of a JSON text: strings are skipped whole. */
const tokens = /"(?:[^"\\]|\\.)*"|[[{]|[\]}]/gs

/** Counts brackets outside strings, without recursion: the parser never sees a bomb. */
function tooDeep(text: string): boolean {
  if (!hasMore(text, limits.jsonDepth)) return false
  let depth = 0
  for (const [token] of text.matchAll(tokens)) {
    if (token === '[' || token === '{') depth++
    else if (token === ']' || token === '}') depth--
    if (depth > limits.jsonDepth) return true
  }
  return false
}
