/** One figure of a side, in the bench's unit; each call measures it afresh. */
export type Measure = () => number | Promise<number>

/** Both sides of one comparison, ready to run. */
export interface Prepared {
  ours: Measure
  peer: Measure
  close?(): unknown
}

/** One comparison of targets.md. The ratio is always ours divided by the peer's. */
export interface Bench {
  /** As targets.md names it: `P3`, `P4b`; a second figure of one path adds a word: `P10 pg_trgm`. */
  id: string
  what: string
  unit: string
  target: { atMost: number } | { atLeast: number }
  /** What bounds the figure, in a sentence, for whoever wants it faster. */
  bound: string
  prepare(): Promise<Prepared>
}

/** One line of `bench/results.json` (contract.md), with the rounds behind it. */
export interface Result {
  id: string
  what: string
  ours: number
  peer: number
  ratio: number
  unit: string
  target: string
  meets: boolean
  bound: string
  /** Worst round of ours. */
  worst: number
  /** (most - least) / median of the peer: over a quarter says the machine was not quiet. */
  peerSpread: number
  quiet: boolean
}

const rounds = 5
const mostSpread = 0.25

/**
 * Runs both sides in turn, ours first, five rounds after one that warms up and does not count, and
 * compares the medians. A peer that wanders by more than a quarter makes the figure unusable: it
 * does not meet its target, whatever it says.
 */
export async function sideBySide(bench: Bench): Promise<Result> {
  const sides = await bench.prepare()
  const ours: number[] = []
  const peer: number[] = []
  try {
    await sides.ours()
    await sides.peer()
    for (let round = 0; round < rounds; round++) {
      ours.push(await sides.ours())
      peer.push(await sides.peer())
    }
  } finally {
    await sides.close?.()
  }
  return resultOf(bench, ours, peer)
}

function resultOf(bench: Bench, ours: readonly number[], peer: readonly number[]): Result {
  const [mine, theirs] = [median(ours), median(peer)]
  const ratio = mine / theirs
  const lower = 'atMost' in bench.target
  const [limit, sign] =
    'atMost' in bench.target ? [bench.target.atMost, '<='] : [bench.target.atLeast, '>=']
  const peerSpread = (Math.max(...peer) - Math.min(...peer)) / theirs
  const quiet = peerSpread <= mostSpread
  return {
    id: bench.id,
    what: bench.what,
    ours: round(mine),
    peer: round(theirs),
    ratio: round(ratio),
    unit: bench.unit,
    target: `${sign} ${limit}`,
    meets: quiet && (lower ? ratio <= limit : ratio >= limit),
    bound: bench.bound,
    worst: round(lower ? Math.max(...ours) : Math.min(...ours)),
    peerSpread: round(peerSpread),
    quiet,
  }
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}

/** Four telling digits. */
const round = (value: number): number => Number(value.toPrecision(4))
