import MessageFormat from '@messageformat/core'

/**
 * The ICU MessageFormat compiler for a language of a city pack. Languages that the plural tables
 * do not know (Haitian Creole) count as English does: one, and other.
 */
export function messageFormat(lang: string): MessageFormat {
  const known = MessageFormat.supportedLocalesOf([lang]).length > 0
  return new MessageFormat(known ? lang : 'en', { strictPluralKeys: false })
}
