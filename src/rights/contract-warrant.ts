// The warrant checker's decision, pure: it runs on the server and in the page, and imports nothing.

export const verdicts = [
  'COURT-PAPER-LIKELY',
  'IMMIGRATION-AGENCY-PAPER',
  'OTHER-LEGAL-PAPER',
  'CANNOT-TELL',
  'SAFETY',
] as const
export type Verdict = (typeof verdicts)[number]

export const audiences = ['resident', 'staff'] as const
export type Audience = (typeof audiences)[number]

/** What may be said of a whole path: `tree.json` sets it at an option, and the words are `flag.<name>`. */
export const flagNames = [
  'clerk-signed',
  'signature-not-seen',
  'not-all-looked-at',
  'by-mail',
] as const
export type Flag = (typeof flagNames)[number]

/** Questions that anybody is asked at most, whatever they answer (warrant-tree.md G). */
export const mostQuestions = 7

export interface WarrantOption {
  id: string
  /** The next node, or the card it ends in. */
  to: string
  /** Another text than the option's own: `option.<text>`. */
  text?: string | undefined
  /** Other words by which the API takes it. */
  also?: readonly string[] | undefined
  /** A card to show before the next question. */
  show?: string | undefined
  flag?: Flag | undefined
  /** "Not sure" and its like: never ends in a card that is sure. */
  unknown?: boolean | undefined
  /** English words as the paper prints them, shown as a drawn strip. */
  sample?: string | undefined
}

export interface WarrantNode {
  /** Another node whose texts it shares. */
  text?: string | undefined
  hint?: boolean | undefined
  options: readonly WarrantOption[]
  /** The card where this would be one question too many. */
  enough?: string | undefined
}

export interface WarrantCard {
  verdict: Verdict
  /** It is about hours. */
  urgent?: boolean | undefined
  /** It says that a court's permission is there: only for who has looked at everything. */
  sure?: boolean | undefined
  /** The sample it looks like. */
  paper?: string | undefined
  say: readonly string[]
  do: readonly string[]
  dont: readonly string[]
  /** In the place of the same list, for staff. */
  sayStaff?: readonly string[] | undefined
  doStaff?: readonly string[] | undefined
  dontStaff?: readonly string[] | undefined
  /** Contacts of the pack to show first. */
  contacts?: readonly string[] | undefined
  facts: readonly string[]
  /** Keys of the guides' sources.json; or `law`, the law itself where that is general knowledge. */
  sources?: readonly string[] | undefined
  law?: string | undefined
  asOf: string
  reviewBy: string
  /** Which lawyer reviewed it, or null: nobody yet. */
  lawyer: string | null
}

export interface WarrantTree {
  start: string
  /** Ids of the pack's contacts who give legal help, best first. */
  contacts: readonly string[]
  /** Lines of every card (warrant-tree.md A3), and those that staff get besides. */
  always: {
    do: readonly string[]
    dont: readonly string[]
    doStaff: readonly string[]
    dontStaff: readonly string[]
  }
  /** Words to say with the warning "only if it is true". */
  onlyIfTrue: readonly string[]
  /** Lines that make no sense once a flag is set. */
  leftOut: Readonly<Partial<Record<Flag, readonly string[]>>>
  nodes: Readonly<Record<string, WarrantNode>>
  cards: Readonly<Record<string, WarrantCard>>
}

/** Node → option, or the options alone in the order of the questions. An option is its id, letter or word. */
export type Answers = Readonly<Record<string, string>> | readonly string[]

/** One answer as it was understood. */
export interface Answered {
  node: string
  option: string
}

interface Walked {
  answered: readonly Answered[]
  /** Cards to show before the next question or beside the last card. */
  shown: readonly string[]
  flags: readonly Flag[]
}

/** What follows from answers: a question, a card, or the answer that cannot be taken and why. */
export type Outcome =
  | (Walked & { ask: string })
  | (Walked & { card: string })
  | { wrong: 'unknown-option' | 'not-asked'; at: string; ask: string | null }

/**
 * What follows from these answers. Same tree and answers, same outcome; nothing is remembered. Answers to what was
 * not asked are wrong rather than passed over: whoever sent them believes they count.
 */
export function verdict(tree: WarrantTree, answers: Answers): Outcome {
  const given = reader(answers)
  const walked = { answered: [] as Answered[], shown: [] as string[], flags: [] as Flag[] }
  let at = tree.start
  let node = tree.nodes[at]
  while (node) {
    if (walked.answered.length === mostQuestions && node.enough) {
      walked.flags.push('not-all-looked-at')
      at = node.enough
      break
    }
    const word = given.take(at)
    if (word === undefined) return waiting(given.left(), at, walked)
    const option = optionOf(node, word)
    if (!option) return { wrong: 'unknown-option', at: given.last(), ask: at }
    note(walked, at, option)
    at = option.to
    node = tree.nodes[at]
  }
  const extra = given.left()
  return extra === undefined
    ? { card: at, ...walked }
    : { wrong: 'not-asked', at: extra, ask: null }
}

/** No more answers: the question is asked, unless others were answered in its place. */
const waiting = (extra: string | undefined, ask: string, walked: Walked): Outcome =>
  extra === undefined ? { ask, ...walked } : { wrong: 'not-asked', at: extra, ask }

function note(
  { answered, shown, flags }: { answered: Answered[]; shown: string[]; flags: Flag[] },
  node: string,
  option: WarrantOption,
): void {
  answered.push({ node, option: option.id })
  if (option.show) shown.push(option.show)
  if (option.flag && !flags.includes(option.flag)) flags.push(option.flag)
}

/** Takes the answers one by one, whichever way they were given. */
function reader(answers: Answers) {
  const list = Array.isArray(answers) ? (answers as readonly string[]) : null
  const map = new Map(list ? [] : Object.entries(answers as Record<string, string>))
  let taken = 0
  let last = ''
  return {
    take(node: string): string | undefined {
      last = list ? String(taken) : node
      const word = list ? list[taken] : map.get(node)
      if (word === undefined) return undefined
      taken++
      map.delete(node)
      return word
    },
    /** Where the answer stood that was taken last. */
    last: () => last,
    /** The first answer that was not taken. */
    left(): string | undefined {
      if (list) return taken < list.length ? String(taken) : undefined
      return map.keys().next().value
    },
  }
}

/** Words without what people write differently: "I-205", "i 205" and "I205" are one. */
const plain = (word: string): string => word.toLowerCase().replace(/[^a-z0-9]/g, '')

/** `a` for the first option, `b` for the second. */
export const letterOf = (index: number): string => String.fromCharCode(97 + index)

/** The option of this id, word or letter; a node's own words come before letters. */
export function optionOf(node: WarrantNode, word: string): WarrantOption | undefined {
  const wanted = plain(word)
  if (!wanted) return undefined
  const byWord = node.options.find(({ id, also = [] }) =>
    [id, ...also].some((each) => plain(each) === wanted),
  )
  return byWord ?? node.options.find((_, index) => letterOf(index) === wanted)
}

/** A card's lines for one audience, as keys of the texts. */
export interface CardLines {
  say: string[]
  do: string[]
  dont: string[]
}

/** The lines of a card: its own, then those that every card repeats, without what the flags make pointless. */
export function linesOf(
  tree: WarrantTree,
  cardId: string,
  audience: Audience,
  flags: readonly Flag[] = [],
): CardLines {
  const card = tree.cards[cardId]
  if (!card) throw new Error(`there is no card ${cardId}`)
  const left = new Set(flags.flatMap((flag) => tree.leftOut[flag] ?? []))
  const staff = audience === 'staff'
  const { always } = tree
  const own = (name: keyof CardLines): readonly string[] =>
    (staff ? card[`${name}Staff`] : undefined) ?? card[name]
  const lines = (some: readonly string[]): string[] =>
    [...new Set(some)].filter((l) => !left.has(l))
  return {
    say: lines(own('say')),
    do: lines([...own('do'), ...(staff ? always.doStaff : []), ...always.do]),
    dont: lines([...own('dont'), ...(staff ? always.dontStaff : []), ...always.dont]),
  }
}
