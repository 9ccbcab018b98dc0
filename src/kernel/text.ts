/**
 * Text as PostgreSQL and every screen can hold it. Lone surrogates and NUL cannot be stored
 * intact, so they are refused by name rather than changed in silence; everything else (HTML, bidi
 * marks, zero-width letters) is kept as it came and shown inert.
 */
export const storable = (text: string): boolean => text.isWellFormed() && !text.includes('\0')

/** What to tell somebody whose text is not storable. */
export const notStorable =
  'This text holds a broken character (half of an emoji or a zero byte). Remove it and send again.'

/**
 * Marks that turn the direction of what follows or hide in a word; in labels they only deceive.
 * Joiners (U+200C, U+200D) stay: Bengali, Urdu and emoji are spelt with them.
 */
const deceiving = /[\p{Cc}\u061C\u200B\u200E\u200F\u202A-\u202E\u2060-\u2069\uFEFF]/gu

/** A label for a screen or a list: one line, without such marks. The stored text is not changed. */
export const asLabel = (text: string): string =>
  text.replace(/\s+/gu, ' ').replace(deceiving, '').trim()
