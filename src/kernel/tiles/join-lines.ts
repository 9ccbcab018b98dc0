// Street segments end at every corner; a street that is one line is smaller, smoother and carries its name.

export type Position = [lon: number, lat: number]
export type Line = Position[]

/** Joins lines that meet end to end where no third one meets them. Lines that touch nothing stay. */
export function joinLines(lines: readonly Line[]): Line[] {
  const ends = endsOf(lines)
  const used = new Set<number>()
  const joined: Line[] = []
  for (const [start, line] of lines.entries()) {
    if (used.has(start)) continue
    used.add(start)
    const forward = follow(line, ends, lines, used)
    // The other way round: what was the beginning is now the end that grows.
    joined.push(follow([...forward].reverse(), ends, lines, used).reverse())
  }
  return joined
}

type Ends = Map<string, number[]>

const key = (position: Position | undefined): string => `${position?.[0]},${position?.[1]}`

function endsOf(lines: readonly Line[]): Ends {
  const ends: Ends = new Map()
  for (const [at, line] of lines.entries())
    for (const end of [line[0], line.at(-1)]) {
      const here = ends.get(key(end))
      if (here) here.push(at)
      else ends.set(key(end), [at])
    }
  return ends
}

/** Grows a line at its end for as long as exactly one other line goes on from there. */
function follow(line: Line, ends: Ends, lines: readonly Line[], used: Set<number>): Line {
  const grown = [...line]
  for (;;) {
    const end = key(grown.at(-1))
    const here = ends.get(end) ?? []
    const next = here.length === 2 ? here.find((at) => !used.has(at)) : undefined
    const part = next === undefined ? undefined : lines[next]
    if (next === undefined || !part) return grown
    used.add(next)
    const onward = key(part[0]) === end ? part : [...part].reverse()
    grown.push(...onward.slice(1))
  }
}
