import { limits } from '../../kernel/limits.ts'
import {
  type Answered,
  type Audience,
  type Outcome,
  verdict,
  type WarrantTree,
} from '../contract-warrant.ts'
import { textsNeeded } from '../contract-warrant-tree.ts'
import type { WarrantGuide } from './read-warrant.ts'
import type { WarrantRoom } from './room.ts'
import { cardView, contactsOf, nodeView } from './view.ts'

/** Binds the checker for pages: they ask one step at a time, and carry the answers themselves. */
export const warrantPage = (room: WarrantRoom) => ({
  /** What these answers lead to, or null in a city without a checker. */
  step: (lang: string, audience: Audience, answers: readonly Answered[]) =>
    room.guide && stepOf(room, room.guide, { lang, audience }, answers),
  /** Everything a phone needs to go on alone, in one language; null in a city without a checker. */
  whole: (lang: string) => room.guide && wholeOf(room, room.guide, lang),
})

function stepOf(
  room: WarrantRoom,
  guide: WarrantGuide,
  { lang, audience }: { lang: string; audience: Audience },
  answers: readonly Answered[],
) {
  const given = Object.fromEntries(answers.map(({ node, option }) => [node, option]))
  const { wrong, ...outcome } = firstGood(guide.tree, given)
  const { answered, shown } = outcome
  const before = shown.map((id) => cardView(room, guide, id, { lang, audience }))
  if ('ask' in outcome)
    return { answered, before, node: nodeView(guide, outcome.ask, lang), card: null, wrong }
  const { card: id, flags } = outcome
  return {
    answered,
    before,
    node: null,
    card: cardView(room, guide, id, { lang, audience, flags }),
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

function wholeOf(room: WarrantRoom, guide: WarrantGuide, lang: string) {
  const { tree } = guide
  const { messages, fallbacks } = guide.texts(lang)
  const ids = new Set(Object.values(tree.cards).flatMap(({ contacts }) => contacts ?? []))
  return {
    phone: { ...forPhone(guide, lang), contacts: contactsOf(room, tree, [...ids], lang) },
    nodes: Object.keys(tree.nodes).map((id) => nodeView(guide, id, lang)),
    always: tree.always,
    texts: pick(messages, (key) => /^(page|look|paper|verdict)\./.test(key)),
    fallbacks: fallbacks.length,
  }
}

/** What the page's script decides and writes a card by. The questions stand in the page as they are. */
function forPhone(guide: WarrantGuide, lang: string) {
  const { tree } = guide
  const cardTexts = textsNeeded({ ...tree, nodes: {} })
  const spoken = (key: string): boolean => key.startsWith('say.')
  const { messages, fallbacks } = guide.texts(lang)
  const own = (key: string): boolean =>
    cardTexts.has(key) && !(spoken(key) && fallbacks.includes(key))
  return {
    tree: {
      ...tree,
      nodes: Object.fromEntries(
        Object.entries(tree.nodes).map(([id, { options, enough }]) => [
          id,
          {
            options: options.map((o) => ({ id: o.id, to: o.to, show: o.show, flag: o.flag })),
            enough,
          },
        ]),
      ),
      cards: Object.fromEntries(
        Object.entries(tree.cards).map(([id, { facts: _facts, sure: _sure, ...card }]) => [
          id,
          card,
        ]),
      ),
    },
    texts: pick(messages, (key) => own(key) || key.startsWith('flag.')),
    english: pick(guide.texts('en').messages, spoken),
    sources: Object.fromEntries(
      Object.values(tree.cards)
        .flatMap(({ sources = [] }) => sources)
        .map((key) => [key, guide.sources[key]?.address ?? key]),
    ),
    greyDays: limits.guideGreyDays,
  }
}

const pick = (texts: Record<string, string>, wanted: (key: string) => boolean) =>
  Object.fromEntries(Object.entries(texts).filter(([key]) => wanted(key)))
