import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import { Problem } from '../kernel/problem.ts'

const Authorization = z.string().regex(/^Receipt .{1,100}$/u)

/** The digits of `Authorization: Receipt 1234...`. Throws 401 `reports/receipt-needed`. */
export function receiptOf(request: FastifyRequest): string {
  const parsed = Authorization.safeParse(request.headers.authorization)
  if (!parsed.success)
    throw new Problem(
      'reports/receipt-needed',
      401,
      'Send the header "Authorization: Receipt" and your 16 digits.',
    )
  return parsed.data.slice('Receipt '.length)
}
