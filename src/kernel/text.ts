/**
 * Text as PostgreSQL and every screen can hold it. Lone surrogates and NUL cannot be stored
 * intact, so they are refused by name rather than changed in silence; everything else (HTML, bidi
 * marks, zero-width letters) is kept as it came and shown inert.
 */
export const storable = (text: string): boolean => text.isWellFormed() && !text.includes('\0')

/** What to tell somebody whose text is not storable. */
export const notStorable =
  'This text holds a broken character (half of an emoji or a zero byte). Remove it and send again.'

/** Letters that turn the direction of what follows; in names and labels they only deceive. */
const controls =
  /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u061C\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFEFF]/g

/** A label for a screen or a list: one line, without controls. The stored text is not changed. */
export const asLabel = (text: string): string =>
  text.replace(controls, '').replace(/\s+/g, ' ').trim()
