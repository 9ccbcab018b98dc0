import { randomUUID } from 'node:crypto'
import type { z } from 'zod'
import { type FieldError, Problem } from '../problem.ts'
import { errorFields, type LogFields } from '../telemetry/log.ts'

/** The RFC 9457 document of a problem. */
export const problemBody = (problem: Problem): Record<string, unknown> => ({
  type: `about:blank#${problem.code}`,
  title: problem.message,
  status: problem.status,
  code: problem.code,
  ...(problem.errors.length > 0 ? { errors: problem.errors } : {}),
})

/** Turns a zod issue into our field error; unknown fields are named one by one. */
export function fieldErrors(issues: readonly z.core.$ZodIssue[]): FieldError[] {
  return issues.flatMap((issue): FieldError[] => {
    const path = issue.path.map(String).join('.')
    if (issue.code !== 'unrecognized_keys')
      return [{ path, code: issue.code, message: issue.message }]
    return issue.keys.map((key) => ({
      path: [path, key].filter(Boolean).join('.').slice(0, 200),
      code: 'unknown-field',
      message: 'There is no field of this name.',
    }))
  })
}

/** The problem for input that a schema refused. */
export const invalid = (issues: readonly z.core.$ZodIssue[]): Problem =>
  new Problem(
    'kernel/invalid',
    422,
    'Some fields are missing or wrong; see "errors".',
    fieldErrors(issues),
  )

interface FastifyError extends Error {
  statusCode?: number
  code?: string
}

const known: Record<string, [code: string, status: number, detail: string]> = {
  FST_ERR_CTP_BODY_TOO_LARGE: ['kernel/too-large', 413, 'The body is larger than 64 KiB.'],
  FST_ERR_CTP_INVALID_MEDIA_TYPE: [
    'kernel/media-type',
    415,
    'Send JSON, with the header Content-Type: application/json.',
  ],
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: [
    'kernel/content-length',
    400,
    'The body is not as long as Content-Length says.',
  ],
  FST_ERR_BAD_URL: ['kernel/bad-address', 400, 'The address is not well formed.'],
}

/**
 * The problem for any error. What is not ours becomes a 500 with an id: the log holds the id and
 * the place in our code, the caller is told nothing else.
 */
export function toProblem(error: Error, report?: (id: string, fields: LogFields) => void): Problem {
  if (error instanceof Problem) return error
  const { code = '', statusCode } = error as FastifyError
  const row = known[code]
  if (row) return new Problem(row[0], row[1], row[2])
  if (statusCode && statusCode < 500)
    return new Problem('kernel/bad-request', statusCode, 'The request could not be understood.')
  if (databaseDown.has(code) || lostConnection.test(error.message))
    return new Problem(
      'kernel/try-again',
      503,
      'The database is not answering. Nothing was lost; try again in a moment.',
    )
  const id = randomUUID()
  report?.(id, errorFields(error))
  return new Problem(
    'kernel/unexpected',
    500,
    `Something went wrong on our side. If you write to us, give this number: ${id}.`,
  )
}

/** Codes of a database that is away (PostgreSQL class 57 and 08, and the socket's own). */
const databaseDown = new Set([
  '57P01',
  '57P02',
  '57P03',
  '08006',
  '08001',
  '53300',
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
])

/** The driver's own words for the same; these errors carry no code. */
const lostConnection =
  /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error)/
