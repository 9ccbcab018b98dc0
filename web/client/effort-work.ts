// The puzzle of a flood (src/reports/effort.ts): an answer ranks a report before those of a program that
// sends thousands. In calm there is no puzzle, and this costs one small request.
import { solveChallenge } from 'altcha-lib'
import { deriveKey } from 'altcha-lib/algorithms/web/pbkdf2'

/** The solved puzzle as the server reads it; null in calm, and where none can be had. */
export async function solvedEffort(): Promise<string | null> {
  const answer = await fetch('/api/v1/reports/effort', { credentials: 'omit' }).catch(() => null)
  if (!answer?.ok) return null
  const { challenge } = await answer.json()
  if (!challenge) return null
  const solution = await solveChallenge({ challenge, deriveKey })
  return solution ? btoa(JSON.stringify({ challenge, solution })) : null
}
