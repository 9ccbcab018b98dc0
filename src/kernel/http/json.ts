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
  if (!fewBrackets(text) && tooDeep(text))
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

const [quote, backslash] = ['"', '\\'].map((mark) => mark.charCodeAt(0))
const openers = new Set(['[', '{'].map((mark) => mark.charCodeAt(0)))
const closers = new Set([']', '}'].map((mark) => mark.charCodeAt(0)))

/** Counts brackets outside strings in one pass, without recursion: the parser never sees a bomb. */
function tooDeep(text: string): boolean {
  let depth = 0
  let inString = false
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (inString && code === backslash) at++
    else if (code === quote) inString = !inString
    else if (inString) continue
    else if (openers.has(code)) depth++
    else if (closers.has(code)) depth--
    if (depth > limits.jsonDepth) return true
  }
  return false
}

/** No more opening brackets, in strings or out of them, than there may be levels: as in every honest report. */
function fewBrackets(text: string): boolean {
  let found = 0
  for (const mark of '[{')
    for (let at = text.indexOf(mark); at >= 0; at = text.indexOf(mark, at + 1))
      if (++found > limits.jsonDepth) return false
  return true
}
