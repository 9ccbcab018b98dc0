import { addHours } from '../kernel/clock.ts'
import type { Kernel } from '../kernel/kernel.ts'
import { challengeMinutes } from './rules.ts'
import { type ChallengePurpose, insertChallenge } from './store-keys.ts'

const randomChallenge = (kernel: Kernel) =>
  new Uint8Array(Buffer.from(kernel.ids.secret(), 'base64url'))

/**
 * Makes and keeps a challenge for one purpose, and one person if named: 256 random bits, or the hash
 * of a statement with a random number in it.
 */
export async function makeChallenge(
  kernel: Kernel,
  {
    purpose,
    personId,
    bytes = randomChallenge(kernel),
  }: { purpose: ChallengePurpose; personId: string | null; bytes?: Uint8Array<ArrayBuffer> },
): Promise<Uint8Array<ArrayBuffer>> {
  const now = kernel.clock.now()
  await insertChallenge(kernel.db, {
    id: kernel.ids.uuid(),
    challenge: Buffer.from(bytes).toString('base64url'),
    purpose,
    personId,
    now,
    expiresAt: addHours(now, challengeMinutes / 60),
  })
  return bytes
}

/**
 * The challenge that a browser says it signed, or null. It only finds the row: the verification
 * that follows checks the signature over it. A page inside another site's frame is refused here.
 */
export function signedChallenge(clientDataJSON: string): string | null {
  try {
    const data: unknown = JSON.parse(Buffer.from(clientDataJSON, 'base64url').toString('utf8'))
    if (typeof data !== 'object' || data === null || !('challenge' in data)) return null
    if ('crossOrigin' in data && data.crossOrigin === true) return null
    return typeof data.challenge === 'string' ? data.challenge : null
  } catch {
    return null
  }
}
