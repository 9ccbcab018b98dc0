// Texts of any script as plain words, so that case, accents and the digits of a script do not count.

const mostCharacters = 2000

/** The zeros of the other scripts' digits that people of the city write. */
const zeros = [0x0660, 0x06f0, 0x0966, 0x09e6]

const asciiDigit = (digit: string): string => {
  const code = digit.codePointAt(0) ?? 0
  const zero = zeros.find((from) => code >= from && code < from + 10)
  return zero === undefined ? digit : String(code - zero)
}

/** Letters that Arabic and Urdu keyboards write differently, and the vowel stretch. */
const sameLetter: Record<string, string> = {
  ی: 'ي',
  ى: 'ي',
  ک: 'ك',
  ہ: 'ه',
  ھ: 'ه',
  ة: 'ه',
  ے: 'ي',
  ـ: '',
}

/** A word or phrase without case, accents, width and the ways one letter may be typed. */
export const plain = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/([\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Arabic}])\p{M}+/gu, '$1')
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\p{Nd}/gu, asciiDigit)
    .replace(/[یىکہھةےـ]/g, (letter) => sameLetter[letter] ?? letter)

/** The words of a text, plain, in order; times of day are left out, for they are no numbers of people. */
export const plainWords = (text: string): string[] =>
  plain(text.slice(0, mostCharacters))
    .replace(/\d{1,2}:\d{2}/g, ' ')
    .replace(/['’](?=s\b)/g, ' ')
    .split(/[^\p{L}\p{M}\p{N}]+/u)
    .filter((word) => word !== '')

/** Whether words of this script run together without spaces, or with endings glued to them. */
export const runsTogether = (word: string): boolean =>
  /[\p{Script=Han}\p{Script=Hangul}]/u.test(word)
