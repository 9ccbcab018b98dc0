import { type Folded, fold, type Kind, type Script } from './fold.ts'

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
  script: Script
}

/** Of these what stands together is one; each mark and each Chinese character is one of its own. */
const joins: ReadonlySet<Kind> = new Set(['word', 'number', 'hangul'])

/** The tokens of a text, in order. */
export function tokensOf(text: string): Token[] {
  const folded = fold(text)
  const tokens: Token[] = []
  let spaced = true
  for (let at = 0; at < folded.length; ) {
    const kind = (folded[at] as Folded).as.kind
    let end = at + 1
    if (joins.has(kind)) while (folded[end]?.as.kind === kind) end++
    if (kind !== 'space') tokens.push(tokenOf(folded, at, end, spaced))
    spaced = kind === 'space'
    at = end
  }
  return tokens
}

function tokenOf(folded: readonly Folded[], from: number, end: number, spaced: boolean): Token {
  const first = folded[from] as Folded
  const { kind, script, upper } = first.as
  let text = ''
  let caps = true
  for (let at = from; at < end; at++) {
    const { as } = folded[at] as Folded
    text += as.letter
    caps &&= as.upper
  }
  return {
    type: kind === 'number' || kind === 'mark' ? kind : 'word',
    text,
    start: first.start,
    end: (folded[end - 1] as Folded).end,
    spaced,
    upper,
    caps,
    script,
  }
}
