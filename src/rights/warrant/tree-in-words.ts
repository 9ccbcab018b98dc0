import { audiences, mostQuestions } from '../contract-warrant.ts'
import { textsNeeded } from '../contract-warrant-tree.ts'
import type { WarrantGuide } from './read-warrant.ts'
import type { WarrantRoom } from './room.ts'
import { nodeView } from './view.ts'

/** The whole tree with its words in one language, for programs that ask the questions themselves. */
export function treeInWords(room: WarrantRoom, guide: WarrantGuide, lang: string) {
  const { tree } = guide
  const { messages, status, fallbacks } = guide.texts(lang)
  return {
    city: room.city.id,
    lang,
    audiences,
    mostQuestions,
    translation: { status, inEnglish: fallbacks.length },
    start: tree.start,
    nodes: Object.fromEntries(
      Object.entries(tree.nodes).map(([id, node]) => {
        const { options, ...view } = nodeView(guide, id, lang)
        return [
          id,
          { ...view, enough: node.enough ?? null, options: options.map((o, i) => ({ ...node.options[i], ...o })) },
        ]
      }),
    ),
    always: tree.always,
    onlyIfTrue: tree.onlyIfTrue,
    leftOut: tree.leftOut,
    cards: tree.cards,
    sources: tree.sources,
    texts: Object.fromEntries([...textsNeeded(tree)].map((key) => [key, messages[key] ?? ''])),
  }
}
