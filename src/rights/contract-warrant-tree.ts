// The shape of cities/<city>/guides/warrant/tree.json, and every fault that shows when its parts are held together.
import { z } from 'zod'
import { flagNames, mostQuestions, verdicts, type WarrantTree } from './contract-warrant.ts'

const key = z
  .string()
  .regex(/^[A-Za-z0-9-]{1,30}$/, { error: 'must be letters, digits and hyphens' })
const day = z.iso.date({ error: 'must be a day written YYYY-MM-DD' })
const lines = z.array(key)
const flag = z.enum(flagNames)

const option = z.strictObject({
  id: key,
  to: key,
  text: key.optional(),
  also: z.array(z.string().min(1).max(60)).optional(),
  show: key.optional(),
  flag: flag.optional(),
  unknown: z.boolean().optional(),
  sample: z.string().min(1).max(80).optional(),
})
const node = z.strictObject({
  text: key.optional(),
  hint: z.boolean().optional(),
  options: z.array(option).min(2).max(20),
  enough: key.optional(),
})
const card = z
  .strictObject({
    verdict: z.enum(verdicts),
    urgent: z.boolean().optional(),
    sure: z.boolean().optional(),
    paper: z.string().optional(),
    say: lines,
    do: lines.min(1),
    dont: lines.min(1),
    sayStaff: lines.optional(),
    doStaff: lines.optional(),
    dontStaff: lines.optional(),
    contacts: lines.optional(),
    facts: z.array(z.string().min(1)).min(1, { error: 'needs the fact it rests on' }),
    sources: z.array(z.string().min(1)).min(1).optional(),
    law: z.string().min(4).optional(),
    asOf: day,
    reviewBy: day,
    lawyer: z.string().min(2).nullable(),
  })
  .refine(({ sources, law }) => sources !== undefined || law !== undefined, {
    error: 'has no source: add "sources" or "law"',
  })
  .refine(({ asOf, reviewBy }) => asOf < reviewBy, {
    error: 'is to be reviewed before it was written: "reviewBy" must be later than "asOf"',
  })

/** The whole file. */
export const WarrantTreeFile = z.strictObject({
  start: key,
  contacts: lines.min(1),
  always: z.strictObject({ do: lines, dont: lines, doStaff: lines, dontStaff: lines }),
  onlyIfTrue: lines,
  leftOut: z.partialRecord(flag, lines),
  nodes: z.record(key, node),
  cards: z.record(key, card),
})

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
  for (const [id, { options, enough }] of Object.entries(nodes)) {
    const at = `"nodes.${id}`
    if (enough && !(enough in cards))
      faults.push(`${at}.enough" leads to "${enough}", which is no card; correct it.`)
    for (const each of options) {
      if (!(each.to in nodes) && !(each.to in cards))
        faults.push(
          `${at}.${each.id}" leads to "${each.to}", which is neither node nor card; correct it.`,
        )
      if (each.show && !(each.show in cards))
        faults.push(`${at}.${each.id}" shows "${each.show}", which is no card; correct it.`)
      if (options.filter(({ id: other }) => other === each.id).length > 1)
        faults.push(`${at}.${each.id}" stands there twice; give each option its own id.`)
    }
  }
  return faults
}

/** Walks every path once: too long, in a circle, sure without having looked, or never walked. */
function pathFaults(tree: WarrantTree): string[] {
  const faults = new Set<string>()
  const reached = new Set<string>([tree.start])
  const walk = (id: string, trail: readonly string[]): void => {
    const { options, enough } = tree.nodes[id] ?? { options: [] }
    if (trail.includes(id))
      return void faults.add(`"nodes.${id}" leads back to itself; break the circle.`)
    if (trail.length >= mostQuestions) {
      if (enough) return void reached.add(enough)
      return void faults.add(
        `"nodes.${id}" can be question ${trail.length + 1} of ${mostQuestions}; give it "enough", the card to stop at.`,
      )
    }
    for (const each of options) {
      reached.add(each.to)
      if (each.show) reached.add(each.show)
      if (each.unknown && tree.cards[each.to]?.sure)
        faults.add(
          `"nodes.${id}.${each.id}" is an unknown answer and leads to a card that is sure; lead elsewhere.`,
        )
      if (each.to in tree.nodes) walk(each.to, [...trail, id])
    }
    if (enough && tree.cards[enough]?.sure)
      faults.add(`"nodes.${id}.enough" is a card that is sure; stop at one that is not.`)
  }
  walk(tree.start, [])
  for (const id of [...Object.keys(tree.nodes), ...Object.keys(tree.cards)])
    if (!reached.has(id)) faults.add(`"${id}" is never reached; lead to it or remove it.`)
  return [...faults]
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
