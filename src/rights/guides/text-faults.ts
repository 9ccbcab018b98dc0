/** Marks that turn the direction of what follows: a text that carries one can show other words than it holds. */
const directionMarks = /[\u202a-\u202e\u2066-\u2069]/u
/** Signs that no reader sees, other than the joiners that Bengali, Arabic and Urdu need. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const unseen = /[\u0000-\u0008\u000b-\u001f\u007f\u00ad\u200b\u2060\ufeff]/u
const markup = /[<>]|&[a-z]{1,9};|javascript:/i

/** What is wrong with a text that people will read, as the end of a sentence that begins with its key; null when nothing is. */
export function faultOfText(text: string): string | null {
  if (text.trim() === '') return 'is empty; write the text or delete the key.'
  if (text.length > 600) return 'is longer than 600 characters; make two statements of it.'
  if (directionMarks.test(text))
    return 'holds a mark that turns the writing round; delete it, the page sets the direction.'
  if (unseen.test(text)) return 'holds a sign that nobody can see; type it again by hand.'
  if (markup.test(text)) return 'holds markup; guides are plain text.'
  return null
}
