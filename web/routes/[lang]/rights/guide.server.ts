import { orErrorPage } from '../problem.ts'
import { dayOf } from '../told.ts'

type TheApp = App.Locals['app']

/** The order in which a frightened reader needs them. */
const order = ['first', 'say', 'do', 'dont', 'know', 'after'] as const

/** A guide as its pages show it: by parts, with its days written out. */
export async function guideOf(app: TheApp, situation: string, lang: string) {
  const guide = await orErrorPage(app.pages.guide(situation, lang))
  const statements = guide.statements.map((statement) => ({
    ...statement,
    asOf: dayOf(statement.asOf, lang),
    reviewBy: dayOf(statement.reviewBy, lang),
  }))
  return {
    ...guide,
    statements,
    parts: order
      .map((part) => ({ part, statements: statements.filter((each) => each.part === part) }))
      .filter((each) => each.statements.length > 0),
    reviewed: statements.filter(({ lawyer }) => lawyer !== null).length,
  }
}
