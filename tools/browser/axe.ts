import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AxeResults } from 'axe-core'
import type { CDPSession, Page } from 'playwright-core'

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
const sessions = new WeakMap<Page, Promise<CDPSession>>()

/** The debugger of a page: one and the same, since detaching one takes virtual passkeys with it. */
export function debuggerOf(page: Page): Promise<CDPSession> {
  const session = sessions.get(page) ?? page.context().newCDPSession(page)
  sessions.set(page, session)
  return session
}

/** Where pages may run no script, timers never fire; axe's own then run as soon as they can. */
const timersAtOnce =
  'window.setTimeout = (run, _, ...given) => { Promise.resolve().then(() => run(...given)); return 0 };'

/**
 * What axe has to say against a page, each fault in one line: WCAG 2.2 AA and best practices. Runs
 * through the debugger's own evaluation, which no CSP forbids and which works without JavaScript;
 * say `script: false` there.
 */
export async function axeFaults(page: Page, { script = true } = {}): Promise<string[]> {
  // Before its styles are there a page has faults that nobody meets.
  await page.waitForLoadState('load')
  const session = await debuggerOf(page)
  const options = JSON.stringify({
    runOnly: tags,
    resultTypes: ['violations'],
    preload: script,
  })
  await session.send('Runtime.evaluate', { expression: `${script ? '' : timersAtOnce}${source}` })
  const { result, exceptionDetails } = await session.send('Runtime.evaluate', {
    expression: `axe.run(document, ${options}).then(({ violations }) => JSON.stringify({ violations }))`,
    awaitPromise: true,
    returnByValue: true,
  })
  if (exceptionDetails) throw new Error(`axe broke: ${JSON.stringify(exceptionDetails)}`)
  const { violations } = JSON.parse(String(result.value)) as Pick<AxeResults, 'violations'>
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target }) => `${id}: ${help} (${target.join(' ')})`),
  )
}
