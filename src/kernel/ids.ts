import { randomBytes, randomInt, randomUUID } from 'node:crypto'

/** Where every identifier comes from, so that tests can fix them. None of them holds a time. */
export interface Ids {
  /** Random version 4: a version 7 would tell to the millisecond when somebody wrote to us. */
  uuid(): string
  /** A code people read aloud: 8 letters and digits that cannot be mistaken, as `K7M3-9QXT`. */
  code(): string
  /** That many random decimal digits. */
  digits(count: number): string
  /** 256 random bits, base64url: bearer tokens and one-time links. */
  secret(): string
}

/** Crockford's base 32: no I, L, O or U. */
const letters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

const pick = (alphabet: string, count: number): string =>
  Array.from({ length: count }, () => alphabet[randomInt(alphabet.length)]).join('')

/** As many digits as one draw of the generator can give (it draws below 2^48). */
const digitsADraw = 14

function digits(count: number): string {
  const now = Math.min(count, digitsADraw)
  const drawn = String(randomInt(10 ** now)).padStart(now, '0')
  return count > now ? drawn + digits(count - now) : drawn
}

/** Identifiers from the system's random generator. */
export const randomIds: Ids = {
  uuid: randomUUID,
  code: () => `${pick(letters, 4)}-${pick(letters, 4)}`,
  digits,
  secret: () => randomBytes(32).toString('base64url'),
}
