import {
  type Audience,
  type CardLines,
  type Flag,
  letterOf,
  linesOf,
  type Verdict,
  type WarrantTree,
} from '../contract-warrant.ts'
import { type Age, ageOf } from '../guides/age.ts'
import type { WarrantGuide } from './read-warrant.ts'
import type { WarrantRoom } from './room.ts'

/** Words to say to an officer: always English, and what they mean in the reader's language (null for English). */
export interface SayLine {
  key: string
  english: string
  translation: string | null
  onlyIfTrue: boolean
}

export interface Line {
  key: string
  text: string
}

export interface CardView {
  card: string
  verdict: Verdict
  headline: string
  urgent: boolean
  /** The sample paper it looks like. */
  paper: string | null
  /** What is said of the way that led here. */
  notes: Line[]
  /** Empty once the card is hidden for its age, as `do` and `dont` are but for what never ages. */
  say: SayLine[]
  do: Line[]
  dont: Line[]
  age: Age
  asOf: string
  reviewBy: string
  lawyer: string | null
  sources: string[]
  contacts: ContactView[]
  /** Ids of those that this very card needs. */
  own: readonly string[]
}

export interface ContactView {
  id: string
  name: string
  phone: string
  hours: string | null
  verified: boolean
}

export interface NodeView {
  node: string
  question: string
  hint: string | null
  options: { id: string; letter: string; label: string; sample: string | null }[]
}

/** A question in a language. */
export function nodeView({ tree, texts }: WarrantGuide, id: string, lang: string): NodeView {
  const node = tree.nodes[id]
  if (!node) throw new Error(`there is no node ${id}`)
  const { messages } = texts(lang)
  const base = node.text ?? id
  return {
    node: id,
    question: messages[base] ?? '',
    hint: node.hint ? (messages[`${base}.hint`] ?? null) : null,
    options: node.options.map((option, index) => ({
      id: option.id,
      letter: letterOf(index),
      label: messages[option.text ? `option.${option.text}` : `${base}.${option.id}`] ?? '',
      sample: option.sample ?? null,
    })),
  }
}

interface Wanted {
  lang: string
  audience: Audience
  flags?: readonly Flag[]
}

/** A card in a language, as old as it is today. */
export function cardView(
  room: WarrantRoom,
  guide: WarrantGuide,
  id: string,
  wanted: Wanted,
): CardView {
  const { tree } = guide
  const { lang, audience, flags = [] } = wanted
  const card = tree.cards[id]
  if (!card) throw new Error(`there is no card ${id}`)
  const { messages } = guide.texts(lang)
  const age = ageOf(card.reviewBy, room.clock.now())
  const lines = age === 'hidden' ? agelessLines(tree) : linesOf(tree, id, audience, flags)
  const textsOf = (name: string, keys: readonly string[]): Line[] =>
    keys.map((key) => ({ key, text: messages[`${name}.${key}`] ?? '' }))
  return {
    card: id,
    verdict: card.verdict,
    headline: age === 'hidden' ? (messages['page.hidden'] ?? '') : (messages[id] ?? ''),
    urgent: card.urgent ?? false,
    paper: card.paper ?? null,
    notes: age === 'hidden' ? [] : textsOf('flag', flags),
    say: sayLines(guide, lines.say, lang),
    do: textsOf('do', lines.do),
    dont: textsOf('dont', lines.dont),
    age,
    asOf: card.asOf,
    reviewBy: card.reviewBy,
    lawyer: card.lawyer,
    sources: [
      ...(card.law ? [card.law] : []),
      ...(card.sources ?? []).map((source) => guide.sources[source]?.address ?? source),
    ],
    own: card.contacts ?? [],
    contacts: contactsOf(room, tree, card.contacts ?? [], lang),
  }
}

/** What is true whatever the law says next month. */
const agelessLines = ({ always }: WarrantTree): CardLines => ({
  say: [],
  do: [...always.do],
  dont: [...always.dont],
})

function sayLines({ tree, texts }: WarrantGuide, keys: readonly string[], lang: string): SayLine[] {
  const english = texts('en').messages
  const own = texts(lang)
  return keys.map((key) => {
    const name = `say.${key}`
    const translated = lang !== 'en' && !own.fallbacks.includes(name)
    return {
      key,
      english: english[name] ?? '',
      translation: translated ? (own.messages[name] ?? null) : null,
      onlyIfTrue: tree.onlyIfTrue.includes(key),
    }
  })
}

/** The card's own contacts, then the tree's legal ones; where the pack has none of them, all it can be rung at. */
export function contactsOf(
  { city }: Pick<WarrantRoom, 'city'>,
  tree: Pick<WarrantTree, 'contacts'> | null,
  first: readonly string[],
  lang: string,
): ContactView[] {
  const callable = city.contacts.filter(({ phone }) => phone !== undefined)
  const wanted = [...first, ...(tree?.contacts ?? [])]
  const chosen = wanted.flatMap((id) => callable.find((contact) => contact.id === id) ?? [])
  const legal = tree?.contacts.some((id) => callable.some((contact) => contact.id === id))
  return (legal ? chosen : [...new Set([...chosen, ...callable])]).map((contact) => ({
    id: contact.id,
    name: contact.name[lang] ?? contact.name.en ?? contact.id,
    phone: contact.phone ?? '',
    hours: contact.hours ? (contact.hours[lang] ?? contact.hours.en ?? null) : null,
    verified: contact.verified ?? false,
  }))
}
