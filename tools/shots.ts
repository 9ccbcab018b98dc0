import { copyFileSync, mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Browser, Page } from 'playwright-core'
import { axeFaults } from './browser/axe.ts'
import { launchChromium } from './browser/chromium.ts'
import { startProgram } from './browser/program.ts'
import { chosen, shots, type View, views } from './browser/shot-list.ts'

// `npm run shots [-- --choose] [--quick] [name ...]`: pictures of every page of the demo into shots/, axe on
// each; ends with 1 where axe has something to say. `--choose` copies the chosen ones to docs/screenshots/;
// `--quick` looks at English by day only.

const root = fileURLToPath(new URL('..', import.meta.url))
const folder = join(root, 'shots')
const quick = process.argv.includes('--quick')
const wanted = process.argv.slice(2).filter((argument) => !argument.startsWith('--'))

/** Takes all pictures of one look: language, width, theme, with or without JavaScript. */
async function takeAll(browser: Browser, origin: string, view: View): Promise<string[]> {
  const context = await browser.newContext({
    baseURL: origin,
    viewport: { width: view.width, height: view.width < 600 ? 844 : 900 },
    colorScheme: view.theme,
    javaScriptEnabled: view.script,
    reducedMotion: 'reduce',
  })
  const page = await context.newPage()
  const faults: string[] = []
  try {
    for (const shot of shots) {
      if (wanted.length > 0 && !wanted.includes(shot.name)) continue
      if (shot.script && !view.script) continue
      await shot.open(page, view.lang)
      faults.push(...(await take(page, nameOf(shot.name, view), view.script, shot.part)))
    }
  } finally {
    await context.close()
  }
  return faults
}

/** One picture, the whole page or a part of it; answers what axe says against it. */
async function take(page: Page, name: string, script: boolean, part?: string): Promise<string[]> {
  // A click further down has scrolled the page, and the way out floats where the window is.
  await page.evaluate(() => scrollTo(0, 0))
  const path = join(folder, name)
  if (part) await page.locator(part).screenshot({ path })
  else await page.screenshot({ path, fullPage: true })
  const faults = await axeFaults(page, { script })
  return faults.map((fault) => `${name}: ${fault}`)
}

const nameOf = (page: string, { lang, width, theme, script }: View): string =>
  `${[page, lang, width, theme, ...(script ? [] : ['nojs'])].join('-')}.png`

const isQuick = ({ lang, theme, script }: View): boolean =>
  lang === 'en' && theme === 'light' && script

function choose(): void {
  const to = join(root, 'docs', 'screenshots')
  mkdirSync(to, { recursive: true })
  for (const name of chosen) copyFileSync(join(folder, name), join(to, name))
  console.log(`${chosen.length} pictures copied to docs/screenshots/`)
}

if (wanted.length === 0) rmSync(folder, { recursive: true, force: true })
mkdirSync(folder, { recursive: true })
const [program, browser] = await Promise.all([startProgram('demo'), launchChromium()])
const faults: string[] = []
try {
  for (const view of quick ? views.filter(isQuick) : views)
    faults.push(...(await takeAll(browser, program.url, view)))
} finally {
  await browser.close()
  await program.stop()
}
for (const fault of faults) console.error(fault)
console.log(`Pictures are in shots/. axe found ${faults.length} faults.`)
if (process.argv.includes('--choose')) choose()
process.exitCode = faults.length > 0 ? 1 : 0
