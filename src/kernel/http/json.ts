import type { FastifyRequest } from 'fastify'
import { limits } from '../limits.ts'
import { Problem } from '../problem.ts'

/** Parses a body; says where it is malformed, and refuses depths no honest body has. */
export function parseJson(
  _request: FastifyRequest,
  body: string | Buffer,
  done: (error: Error | null, value?: unknown) => void,
): void {
  const text = String(body)
  if (text.trim() === '') return done(null, undefined)
  if (tooDeep(text))
    return done(
      new Problem(
        'kernel/too-deep',
        400,
        `The body is nested deeper than ${limits.jsonDepth} levels.`,
      ),
    )
  try {
    done(null, JSON.parse(text))
  } catch (error) {
    const where = /position \d+/.exec((error as Error).message)?.[0]
    done(
      new Problem(
        'kernel/malformed-json',
        400,
        `The body is not valid JSON${where ? ` (at ${where})` : ''}.`,
      ),
    )
  }
}

/** Counts brackets outside strings, without recursion: the parser never sees a bomb. */
function tooDeep(text: string): boolean {
  let depth = 0
  let inString = false
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i)
    if (inString) {
      if (c === 92) i++
      else if (c === 34) inString = false
    } else if (c === 34) inString = true
    else if (c === 123 || c === 91) {
      if (++depth > limits.jsonDepth) return true
    } else if (c === 125 || c === 93) depth--
  }
  return false
}
