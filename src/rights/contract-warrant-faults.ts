// Every fault of a warrant tree that shows when its parts and its English are held together.
import { mostQuestions, type WarrantTree } from './contract-warrant.ts'

/** Words that no card may use in any language's English (warrant-tree.md A4, G). */
export const forbiddenWords = [
  'illegal',
  'cannot enter',
  'can not enter',
  "can't enter",
  'can’t enter',
  'refuse to comply',
]

/** Lines by which a card leads to a lawyer and keeps people unhurt. */
const lawyerLine = 'lawyer'
const resistLine = 'resist'

/** A fault of the tree: where in tree.json, and a sentence that says what to do. */
export interface TreeFault {
  at: string[]
  message: string
}

/** What is wrong with a tree beside its English texts and the guides' sources. */
export function treeFaults(
  tree: WarrantTree,
  english: Readonly<Record<string, string>>,
  sources: Readonly<Record<string, unknown>>,
): TreeFault[] {
  const targets = targetFaults(tree)
  const said = [
    ...targets,
    ...(targets.length > 0 ? [] : pathFaults(tree)),
    ...Object.entries(tree.cards).flatMap(([id, each]) =>
      (each.sources ?? [])
        .filter((source) => !(source in sources))
        .map(
          (source) =>
            `"cards.${id}.sources" names "${source}", which sources.json lacks; add it there.`,
        ),
    ),
    ...alwaysFaults(tree),
    ...textFaults(tree, english),
  ]
  return said.map((message) => ({ at: placeIn(message), message }))
}

/** The path that a sentence begins with: `"cards.CARD-I200.sources" names …`. */
const placeIn = (message: string): string[] =>
  /^"([^"]{1,80})"/.exec(message)?.[1]?.split('.') ?? []

function targetFaults({ start, nodes, cards }: WarrantTree): string[] {
  const faults = start in nodes ? [] : [`"start" is "${start}", which is no node; name one.`]
  const isTarget = (id: string): boolean => id in nodes || id in cards
  for (const [id, { options, enough }] of Object.entries(nodes)) {
    const at = `"nodes.${id}`
    if (enough && !(enough in cards))
      faults.push(`${at}.enough" leads to "${enough}", which is no card; correct it.`)
    const ids = options.map((option) => option.id)
    for (const twice of ids.filter((each, index) => ids.indexOf(each) !== index))
      faults.push(`${at}.${twice}" stands there twice; give each option its own id.`)
    for (const { id: each, to } of options.filter(({ to }) => !isTarget(to)))
      faults.push(`${at}.${each}" leads to "${to}", which is neither node nor card; correct it.`)
    for (const { id: each, show } of options.filter(({ show }) => show && !(show in cards)))
      faults.push(`${at}.${each}" shows "${show}", which is no card; correct it.`)
  }
  return faults
}

/** What a walk over every path finds. */
interface Walk {
  tree: WarrantTree
  reached: Set<string>
  faults: Set<string>
}

/** Walks every path once: too long, in a circle, sure without having looked, or never walked. */
function pathFaults(tree: WarrantTree): string[] {
  const walk: Walk = { tree, reached: new Set([tree.start]), faults: sureFaults(tree) }
  walkFrom(walk, tree.start, [])
  for (const id of [...Object.keys(tree.nodes), ...Object.keys(tree.cards)])
    if (!walk.reached.has(id)) walk.faults.add(`"${id}" is never reached; lead to it or remove it.`)
  return [...walk.faults]
}

function walkFrom(walk: Walk, id: string, trail: readonly string[]): void {
  const { tree, reached, faults } = walk
  const node = tree.nodes[id]
  if (!node) return
  if (trail.includes(id))
    return void faults.add(`"nodes.${id}" leads back to itself; break the circle.`)
  if (trail.length < mostQuestions) {
    for (const { to, show = to } of node.options) {
      reached.add(to).add(show)
      walkFrom(walk, to, [...trail, id])
    }
    return
  }
  if (node.enough) return void reached.add(node.enough)
  const number = `question ${trail.length + 1} of ${mostQuestions}`
  faults.add(`"nodes.${id}" can be ${number}; give it "enough", the card to stop at.`)
}

/** Cards that are sure where nobody has looked. */
function sureFaults({ nodes, cards }: WarrantTree): Set<string> {
  const isSure = (id: string | undefined): boolean => id !== undefined && cards[id]?.sure === true
  const all = Object.entries(nodes)
  const unknown = all.flatMap(([id, { options }]) =>
    options
      .filter((option) => option.unknown && isSure(option.to))
      .map(
        (option) =>
          `"nodes.${id}.${option.id}" is an unknown answer and leads to a card that is sure; lead elsewhere.`,
      ),
  )
  const cut = all
    .filter(([, { enough }]) => isSure(enough))
    .map(([id]) => `"nodes.${id}.enough" is a card that is sure; stop at one that is not.`)
  return new Set([...unknown, ...cut])
}

function alwaysFaults({ always, leftOut }: WarrantTree): string[] {
  const never = new Set(Object.values(leftOut).flat())
  return [
    ...(always.do.includes(lawyerLine) && !never.has(lawyerLine)
      ? []
      : [
          `"always.do" lacks "${lawyerLine}", or a flag leaves it out; every card leads to a lawyer.`,
        ]),
    ...(always.dont.includes(resistLine) && !never.has(resistLine)
      ? []
      : [
          `"always.dont" lacks "${resistLine}", or a flag leaves it out; every card says not to resist.`,
        ]),
  ]
}

/** Every text that the tree needs, by key. */
export function textsNeeded({ nodes, cards, always }: WarrantTree): Set<string> {
  const needed = new Set<string>()
  for (const [id, { text = id, hint, options }] of Object.entries(nodes)) {
    needed.add(text)
    if (hint) needed.add(`${text}.hint`)
    for (const each of options) {
      needed.add(each.text ? `option.${each.text}` : `${text}.${each.id}`)
      if (each.flag) needed.add(`flag.${each.flag}`)
    }
  }
  const add = (name: string, some: readonly string[] = []): void => {
    for (const line of some) needed.add(`${name}.${line}`)
  }
  for (const [id, each] of Object.entries(cards)) {
    needed.add(id).add(`verdict.${each.verdict}`)
    for (const name of ['say', 'do', 'dont'] as const) {
      add(name, each[name])
      add(name, each[`${name}Staff`])
    }
  }
  for (const name of ['do', 'dont'] as const) {
    add(name, always[name])
    add(name, always[`${name}Staff`])
  }
  return needed
}

function textFaults(tree: WarrantTree, english: Readonly<Record<string, string>>): string[] {
  const missing = [...textsNeeded(tree)].filter((name) => !english[name]?.trim())
  const said = Object.entries(english).flatMap(([name, text]) =>
    forbiddenWords
      .filter((word) => text.toLowerCase().includes(word))
      .map((word) => `en.json, "${name}" says "${word}"; no card rules on what is lawful.`),
  )
  return [...missing.map((name) => `en.json lacks "${name}"; write it.`), ...said]
}
