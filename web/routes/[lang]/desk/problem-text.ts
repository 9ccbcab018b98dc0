import type { Texts } from '#web/texts.ts'

/** Every code that has a sentence of its own under `desk.problem.`. */
const told = new Set([
  'offline',
  'cancelled',
  'no-passkeys',
  'wrong-address',
  'already-enrolled',
  'not-permitted',
  'sign-in-needed',
  'other-origin',
  'challenge-gone',
  'sign-in-refused',
  'passkey-cloned',
  'passkey-unusable',
  'link-gone',
  'step-up-needed',
  'name-taken',
  'last-administrator',
  'last-passkey',
  'suspended',
  'key-not-trusted',
  'vouch-refused',
  'no-role',
  'no-reason',
  'english-changed',
  'no-such-text',
  'no-such-language',
  'words',
  'xliff',
  'no-drill-place',
  'no-such-place',
  'drills-spent',
  'drill-known',
  'drill-over',
  'halted',
  'not-signed',
  'signer-away',
])

/** What to tell a person about a problem code of the desk: what happened, and what to do. */
export function problemText(t: Texts, code: string): string {
  const reason = code.split('/').at(-1) ?? ''
  return t(`desk.problem.${told.has(reason) ? reason : 'unexpected'}`)
}
