import type { CountryCode } from 'libphonenumber-js/max'
import { parsePhoneNumberFromString } from 'libphonenumber-js/max'

/**
 * A telephone number as E.164 (`+12125550123`), however people write it: national or international,
 * with spaces, in Arabic, Bengali or full-width digits. Null for what is none. Numbers without a
 * country are of the city's.
 */
export function readNumber(text: string, country: string): string | null {
  const plain = text
    .normalize('NFKC')
    .replace(/\p{Nd}/gu, digitOf)
    .trim()
  if (!/\d/.test(plain)) return null
  const read = parsePhoneNumberFromString(plain, countryOf(country))
  return read?.isValid() && !read.ext ? read.number : null
}

/** Invented cities dial as New York does. */
const countryOf = (country: string): CountryCode =>
  country === 'XX' ? 'US' : (country as CountryCode)

/** Every script's digits stand in a block of ten that begins at its zero. */
function digitOf(digit: string): string {
  const point = digit.codePointAt(0) ?? 0
  let zero = point
  while (zero > point - 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero--
  return String(point - zero)
}
