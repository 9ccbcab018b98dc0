import { limits } from '../../kernel/limits.ts'
import {
  type Answered,
  type Audience,
  flagNames,
  type Outcome,
  verdict,
  type WarrantTree,
} from '../contract-warrant.ts'
import type { WarrantRoom } from './room.ts'
import { cardView, contactsOf, nodeView } from './view.ts'

/** What the pages may ask of the checker. */
export type WarrantPage = ReturnType<typeof warrantPage>

/** Binds the checker for pages: they ask one step at a time, and carry the answers themselves. */
export const warrantPage = (room: WarrantRoom) => ({
  /** What these answers lead to, or null in a city without a checker. */
  step: (lang: string, audience: Audience, answers: readonly Answered[]) =>
    room.guide && stepOf(room, room.guide, lang, audience, answers),
  /** Everything a phone needs to go on alone, in one language; null in a city without a checker. */
  whole: (lang: string) => room.guide && wholeOf(room, room.guide, lang),
  contacts: (lang: string) => contactsOf(room, room.guide?.tree ?? null, [], lang),
})

type Guide = NonNullable<WarrantRoom['guide']>

function stepOf(
  room: WarrantRoom,
  guide: Guide,
  lang: string,
  audience: Audience,
  answers: readonly Answered[],
) {
  const given = Object.fromEntries(answers.map(({ node, option }) => [node, option]))
  const outcome = firstGood(guide.tree, given)
  const { answered, shown } = outcome
  const before = shown.map((id) => cardView(room, guide, id, { lang, audience }))
  if ('ask' in outcome)
    return {
      answered,
      before,
      node: nodeView(guide, outcome.ask, lang),
      card: null,
      wrong: outcome.wrong,
    }
  const { card, flags, wrong } = outcome
  return {
    answered,
    before,
    node: null,
    card: cardView(room, guide, card, { lang, audience, flags }),
    wrong,
  }
}

type Good = Exclude<Outcome, { wrong: string }> & { wrong: boolean }

/** A form that somebody changed by hand asks again from the first answer that does not fit. */
function firstGood(tree: WarrantTree, given: Record<string, string>): Good {
  const outcome = verdict(tree, given)
  if (!('wrong' in outcome)) return { ...outcome, wrong: false }
  const rest = Object.fromEntries(Object.entries(given).filter(([node]) => node !== outcome.at))
  return { ...firstGood(tree, rest), wrong: true }
}

function wholeOf(room: WarrantRoom, guide: Guide, lang: string) {
  const { tree } = guide
  const { messages, status, fallbacks } = guide.texts(lang)
  const cards = (['resident', 'staff'] as const).flatMap((audience) =>
    Object.keys(tree.cards).map((id) => ({
      ...cardView(room, guide, id, { lang, audience }),
      audience,
    })),
  )
  return {
    /** What the phone decides by: no words, no sources. */
    tree: {
      start: tree.start,
      nodes: tree.nodes,
      leftOut: tree.leftOut,
    },
    always: tree.always,
    /** Cards that stand before a question. */
    shownOnTheWay: Object.values(tree.nodes).flatMap(({ options }) =>
      options.flatMap(({ show }) => show ?? []),
    ),
    greyDays: limits.guideGreyDays,
    nodes: Object.keys(tree.nodes).map((id) => nodeView(guide, id, lang)),
    cards,
    flags: flagNames.map((key) => ({ key, text: messages[`flag.${key}`] ?? '' })),
    texts: Object.fromEntries(Object.entries(messages).filter(([key]) => isPageText(key))),
    status,
    fallbacks: fallbacks.length,
  }
}

const isPageText = (key: string): boolean => /^(page|look|paper|verdict|flag)\./.test(key)
