import { audiences, mostQuestions, type WarrantTree } from '../contract-warrant.ts'
import { textsNeeded } from '../contract-warrant-faults.ts'
import { ageOf } from '../guides/age.ts'
import type { WarrantGuide } from './read-warrant.ts'
import type { WarrantRoom } from './room.ts'
import { nodeView } from './view.ts'

/**
 * The whole tree with its words in one language, for programs that ask the questions themselves. A card that is
 * too old to show is named and says so; its words are not there.
 */
export function treeInWords({ city, clock }: WarrantRoom, guide: WarrantGuide, lang: string) {
  const { tree } = guide
  const { messages, status, fallbacks } = guide.texts(lang)
  const now = clock.now()
  const hidden = Object.keys(tree.cards).filter((id) => age(tree, id, now) === 'hidden')
  const shown = Object.entries(tree.cards).filter(([id]) => !hidden.includes(id))
  const cards = Object.fromEntries(
    shown.map(([id, card]) => [id, { ...card, age: age(tree, id, now) }]),
  )
  const sources = new Set(shown.flatMap(([, card]) => card.sources ?? []))
  return {
    city: city.id,
    lang,
    audiences,
    mostQuestions,
    translation: { status, inEnglish: fallbacks.length },
    start: tree.start,
    nodes: Object.fromEntries(
      Object.keys(tree.nodes).map((id) => [id, nodeInWords(guide, id, lang)]),
    ),
    always: tree.always,
    onlyIfTrue: tree.onlyIfTrue,
    leftOut: tree.leftOut,
    cards: {
      ...cards,
      ...Object.fromEntries(hidden.map((id) => [id, { age: 'hidden' as const }])),
    },
    sources: Object.fromEntries([...sources].map((key) => [key, guide.sources[key]])),
    texts: Object.fromEntries(
      [...textsNeeded({ ...tree, cards })].map((key) => [key, messages[key] ?? '']),
    ),
  }
}

const age = ({ cards }: WarrantTree, id: string, now: Date) => ageOf(cards[id]?.reviewBy ?? '', now)

function nodeInWords(guide: WarrantGuide, id: string, lang: string) {
  const node = guide.tree.nodes[id]
  const { options, ...view } = nodeView(guide, id, lang)
  return {
    ...view,
    enough: node?.enough ?? null,
    options: options.map((option, index) => ({ ...node?.options[index], ...option })),
  }
}
