import { parseArgs } from 'node:util'
import { launchChromium } from './browser/chromium.ts'
import { startProgram } from './browser/program.ts'
import { clearReports } from './clearing/clear.ts'
import { pace } from './clearing/operator.ts'

// node tools/clear-reports.ts [--reports 300]     an operator clears the queue of the real page with keys alone

const { values } = parseArgs({ options: { reports: { type: 'string', default: '300' } } })
const count = Number(values.reports)
const [program, browser] = await Promise.all([startProgram('demo'), launchChromium()])
try {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } })
  await page.goto(`${program.url}/en/demo`)
  await page.locator('[data-role="operator"] button').first().click()
  await page.waitForURL('**/desk')
  const { tally, minutes, rowsAtFirst, ends, lost } = await clearReports(page, program.url, count)
  console.log(`${count} reports, in ${rowsAtFirst} rows of the queue`)
  console.log(
    `keys ${tally.keys}, read ${tally.read}, decisions ${tally.decisions}, the machine took ${tally.waitedSeconds.toFixed(1)} s`,
  )
  console.log(
    `at ${pace.key} s a key, ${pace.decision} s a decision and ${pace.row} s to read: ${minutes.toFixed(1)} minutes`,
  )
  console.table(ends)
  for (const one of lost) console.log(`LOST ${one}`)
  process.exitCode = lost.length > 0 || minutes > 60 * (count / 300) ? 1 : 0
} finally {
  await browser.close()
  await program.stop()
}
