import { addHours } from '../kernel/clock.ts'
import type { Kernel } from '../kernel/kernel.ts'
import { challengeMinutes } from './rules.ts'
import { insertChallenge } from './store-keys.ts'

/** Makes and keeps a challenge of 256 random bits for one purpose, and one person if named. */
export async function makeChallenge(
  kernel: Kernel,
  { purpose, personId }: { purpose: 'enrol' | 'sign-in' | 'step-up'; personId: string | null },
): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(Buffer.from(kernel.ids.secret(), 'base64url'))
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
