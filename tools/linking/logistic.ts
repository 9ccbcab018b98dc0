/** One example of a logistic regression. */
export interface Row {
  x: readonly number[]
  same: boolean
  weight: number
}

export interface Fit {
  bias: number
  weights: number[]
}

const steps = 30

/**
 * Logistic regression by Newton's method with an L2 penalty (not on the bias): the weights under
 * which the labelled answers are likeliest.
 */
export function fitLogistic(rows: readonly Row[], penalty: number): Fit {
  const size = (rows[0]?.x.length ?? 0) + 1
  let beta = new Array<number>(size).fill(0)
  for (let step = 0; step < steps; step++) {
    const { gradient, hessian } = derivatives(rows, beta, penalty)
    const change = solve(hessian, gradient)
    beta = beta.map((value, i) => value + (change[i] as number))
    if (Math.max(...change.map(Math.abs)) < 1e-9) break
  }
  const [bias = 0, ...weights] = beta
  return { bias, weights }
}

/** How likely an example is of one event under these weights. */
export function probabilityOf({ bias, weights }: Fit, x: readonly number[]): number {
  const odds = x.reduce((sum, value, i) => sum + value * (weights[i] as number), bias)
  return 1 / (1 + Math.exp(-odds))
}

function derivatives(rows: readonly Row[], beta: readonly number[], penalty: number) {
  const size = beta.length
  const gradient = beta.map((value, i) => (i === 0 ? 0 : -penalty * value))
  const hessian = beta.map((_, i) =>
    beta.map((__, j) => (i === j ? (i === 0 ? 1e-9 : penalty) : 0)),
  )
  const fit = { bias: beta[0] as number, weights: beta.slice(1) }
  for (const { x, same, weight } of rows) {
    const p = probabilityOf(fit, x)
    const full = [1, ...x]
    for (let i = 0; i < size; i++) {
      const xi = full[i] as number
      if (xi === 0) continue
      gradient[i] = (gradient[i] as number) + weight * ((same ? 1 : 0) - p) * xi
      const line = hessian[i] as number[]
      for (let j = 0; j < size; j++)
        line[j] = (line[j] as number) + weight * p * (1 - p) * xi * (full[j] as number)
    }
  }
  return { gradient, hessian }
}

/** Solves a system of linear equations (Gauss, with pivots). */
function solve(matrix: readonly number[][], right: readonly number[]): number[] {
  const lines = matrix.map((line, i) => [...line, right[i] as number])
  const size = lines.length
  for (let column = 0; column < size; column++) {
    const pivot = lines
      .slice(column)
      .reduce((best, line) =>
        Math.abs(line[column] as number) > Math.abs(best[column] as number) ? line : best,
      )
    lines.splice(lines.indexOf(pivot), 1)
    lines.splice(column, 0, pivot)
    for (const line of lines) if (line !== pivot) eliminate(line, pivot, column)
  }
  return lines.map((line, i) => (line[size] as number) / (line[i] as number))
}

function eliminate(line: number[], pivot: readonly number[], column: number): void {
  const factor = (line[column] as number) / (pivot[column] as number)
  if (factor === 0) return
  for (let i = column; i < line.length; i++)
    line[i] = (line[i] as number) - factor * (pivot[i] as number)
}
