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

/** Identifiers from the system's random generator. */
export const randomIds: Ids = {
  uuid: randomUUID,
  code: () => `${pick(letters, 4)}-${pick(letters, 4)}`,
  digits: (count) => pick('0123456789', count),
  secret: () => randomBytes(32).toString('base64url'),
}
