import type { HeldKind } from '../contract-held-back.ts'
import type { List } from './lexicon.ts'
import { matchesAt } from './lexicon.ts'
import { type Token, tokensOf } from './tokens.ts'

/** Tokens from `first` up to, not including, `end`. */
export interface Span {
  kind: HeldKind
  first: number
  end: number
  /** What of an address stays readable where the field is a place: the street, so that it can be placed. */
  kept?: { first: number; end: number }[]
}

/** The lists that a phrase which begins at a token stands in: where it ends, and what it stands for. */
type Lists = ReadonlyMap<string, { end: number; value: string }>
const inNone: Lists = new Map()

/** A text on its way through the screen: what is known of each of its tokens so far. */
export class Reading {
  readonly tokens: readonly Token[]
  readonly spans: Span[] = []
  /** Looks at a token or a phrase: what the work is measured by. */
  steps = 0
  /** Nearly all capitals: then a capital says nothing. */
  readonly shouted: boolean
  private readonly marks: Uint8Array
  private readonly known: Lists[]
  private readonly step = (): void => {
    this.steps++
  }

  constructor(text: string) {
    this.tokens = tokensOf(text)
    this.marks = new Uint8Array(this.tokens.length)
    this.known = this.tokens.map((_token, at) => this.listsAt(at))
    const words = this.tokens.filter((token) => token.script === 'cased' && token.type === 'word')
    const caps = words.filter((token) => token.caps && token.text.length > 1).length
    this.shouted = caps > 2 && caps > words.length * 0.6
  }

  private listsAt(at: number): Lists {
    const matches = matchesAt(this.tokens, at, this.step)
    if (matches.length === 0) return inNone
    const lists = new Map<string, { end: number; value: string }>()
    for (const { list, end, value } of matches) {
      const longest = lists.get(list)
      if (!longest || end > longest.end) lists.set(list, { end, value })
    }
    return lists
  }

  at(index: number): Token | undefined {
    this.steps++
    return this.tokens[index]
  }

  /** Where a phrase of this list that begins here ends; 0 if none does. */
  is(list: List, index: number): number {
    this.steps++
    return this.known[index]?.get(list)?.end ?? 0
  }

  /** What a phrase of this list that begins here stands for. */
  value(list: List, index: number): string | null {
    return this.known[index]?.get(list)?.value ?? null
  }

  /** A token that something else has explained: part of a time, or held back already. */
  taken(index: number): boolean {
    return this.marks[index] !== 0
  }

  explain(first: number, end: number): void {
    this.marks.fill(1, first, end)
  }

  hold(span: Span): void {
    this.spans.push(span)
    this.explain(span.first, span.end)
  }

  /** Text of a mark at this place, or ''. */
  mark(index: number): string {
    const token = this.at(index)
    return token?.type === 'mark' ? token.text : ''
  }

  /** Whether one of these marks stands here. */
  markIn(marks: string, index: number): boolean {
    const mark = this.mark(index)
    return mark !== '' && marks.includes(mark)
  }

  /** The folded text of what stands here, or ''. */
  text(index: number): string {
    return this.at(index)?.text ?? ''
  }

  /** A single letter of this text's script. */
  single(index: number): boolean {
    const token = this.at(index)
    return token?.type === 'word' && token.text.length === 1 && token.script === 'cased'
  }

  /** The digits of a number that stands here and means nothing else yet, or ''. */
  number(index: number): string {
    const token = this.at(index)
    return token?.type === 'number' && !this.taken(index) ? token.text : ''
  }

  /** Whether this token follows the one before it without a space. */
  attached(index: number): boolean {
    const token = this.at(index)
    return token !== undefined && index > 0 && !token.spaced
  }
}
