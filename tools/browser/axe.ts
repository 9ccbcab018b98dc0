import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AxeResults } from 'axe-core'
import type { Page } from 'playwright-core'

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/**
 * What axe has to say against a page, each fault in one line: WCAG 2.2 AA and best practices. Runs
 * through the debugger's own evaluation, which works on pages without JavaScript and under any CSP.
 */
export async function axeFaults(page: Page): Promise<string[]> {
  const session = await page.context().newCDPSession(page)
  try {
    await session.send('Runtime.evaluate', { expression: source })
    const options = JSON.stringify({ runOnly: tags, resultTypes: ['violations'] })
    const { result, exceptionDetails } = await session.send('Runtime.evaluate', {
      expression: `axe.run(document, ${options}).then(JSON.stringify)`,
      awaitPromise: true,
      returnByValue: true,
    })
    if (exceptionDetails) throw new Error(`axe broke: ${JSON.stringify(exceptionDetails)}`)
    const { violations } = JSON.parse(String(result.value)) as Pick<AxeResults, 'violations'>
    return violations.flatMap(({ id, help, nodes }) =>
      nodes.map(({ target }) => `${id}: ${help} (${target.join(' ')})`),
    )
  } finally {
    await session.detach()
  }
}
