import { type Folded, fold } from './fold.ts'

/** A word, a number, a Chinese character or a mark of a folded text. */
export interface Token {
  type: 'word' | 'number' | 'mark'
  text: string
  /** Where it stands in the original (UTF-16). */
  start: number
  end: number
  /** White space stands before it. */
  spaced: boolean
  /** It begins with a capital; it is all capitals. */
  upper: boolean
  caps: boolean
  script: 'han' | 'hangul' | 'cased' | 'uncased'
}

const letter = /\p{L}|\p{M}/u
const han = /[\p{Script=Han}〇]/u
const hangul = /\p{Script=Hangul}/u
const cased = /[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}]/u
const space = /\s/u

type Class = 'word' | 'number' | 'mark' | 'han' | 'hangul' | 'space'

function classOf(char: string): Class {
  if (char >= '0' && char <= '9') return 'number'
  if (space.test(char)) return 'space'
  if (han.test(char)) return 'han'
  if (hangul.test(char)) return 'hangul'
  return letter.test(char) ? 'word' : 'mark'
}

/** The tokens of a text, in order; each Chinese character and each mark is one of its own. */
export function tokensOf(text: string): Token[] {
  const folded = fold(text)
  const tokens: Token[] = []
  let spaced = true
  for (let at = 0; at < folded.length; ) {
    const kind = classOf((folded[at] as Folded).letter)
    let end = at + 1
    while (
      (kind === 'word' || kind === 'number' || kind === 'hangul') &&
      end < folded.length &&
      classOf((folded[end] as Folded).letter) === kind
    )
      end++
    if (kind === 'space') spaced = true
    else {
      tokens.push(tokenOf(folded.slice(at, end), kind, spaced))
      spaced = false
    }
    at = end
  }
  return tokens
}

function tokenOf(
  letters: readonly Folded[],
  kind: Exclude<Class, 'space'>,
  spaced: boolean,
): Token {
  const text = letters.map((each) => each.letter).join('')
  const type = kind === 'number' || kind === 'mark' ? kind : 'word'
  return {
    type,
    text,
    start: letters[0]?.start ?? 0,
    end: letters.at(-1)?.end ?? 0,
    spaced,
    upper: letters[0]?.upper ?? false,
    caps: letters.every((each) => each.upper),
    script:
      kind === 'han' || kind === 'hangul' ? kind : cased.test(text[0] ?? '') ? 'cased' : 'uncased',
  }
}
