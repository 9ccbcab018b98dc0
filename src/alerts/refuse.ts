import { Problem } from '../kernel/problem.ts'
import { type AlertsProblem, problems } from './contract.ts'

/** The problem of that code, to be thrown. */
export const refuse = (code: AlertsProblem): Problem =>
  new Problem(code, problems[code][0], problems[code][1])
