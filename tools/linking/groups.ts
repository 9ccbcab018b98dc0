import { matchesOf } from '../../src/incidents/choose-incident.ts'
import type { LinkFacts } from '../../src/incidents/features.ts'
import type { Item, LabelledPair } from './dataset.ts'

/** A name of its group for each item, where everything that `joined` says is together is one group. */
export function grouped(items: readonly Item[], joined: (a: Item, b: Item) => boolean): string[] {
  const group = items.map(({ id }) => id)
  for (const [i, a] of items.entries())
    for (const [j, b] of items.slice(0, i).entries())
      if (group[i] !== group[j] && joined(a, b))
        rename(group, group[i] as string, group[j] as string)
  return group
}

function rename(group: string[], from: string, to: string): void {
  for (const [i, name] of group.entries()) if (name === from) group[i] = to
}

/** The groups that the labels make; a report no label joins to another is alone. */
export function trueGroups(items: readonly Item[], pairs: readonly LabelledPair[]): string[] {
  const same = new Set(pairs.filter((pair) => pair.same).map(({ a, b }) => `${a.id}\n${b.id}`))
  return grouped(items, (a, b) => same.has(`${a.id}\n${b.id}`) || same.has(`${b.id}\n${a.id}`))
}

/** The groups that linking makes of reports that come in one after the other, oldest first. */
export function linkedGroups(
  items: readonly Item[],
  probability: (a: LinkFacts, b: LinkFacts) => number,
  join: number,
): string[] {
  const seen = (item: Item) => item.facts.observedAt?.getTime() ?? 0
  const linked: { incidentId: string; facts: LinkFacts }[] = []
  const incidentOf = new Map<string, string>()
  for (const item of [...items].sort((a, b) => seen(a) - seen(b))) {
    const [best] = matchesOf(item.facts, linked, probability)
    const incidentId = best && best.probability >= join ? best.incidentId : item.id
    linked.push({ incidentId, facts: item.facts })
    incidentOf.set(item.id, incidentId)
  }
  return items.map(({ id }) => incidentOf.get(id) as string)
}
