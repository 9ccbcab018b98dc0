// How fast the phone's own search is: node tools/place-queries/on-a-phone.ts
// Runs it in Chromium on a page whose processor is slowed six times. On the page's own thread: Chromium slows no worker.
import { join } from 'node:path'
import { build } from 'vite'
import { loadCity } from '../../src/kernel/city/index.ts'
import { launchChromium } from '../browser/chromium.ts'
import { generate } from './generate.ts'
import { readGold } from './gold.ts'

const folder = join(import.meta.dirname, '..', '..', 'cities', 'nyc')
const slower = 6
const { placesFile } = await loadCity(folder)
const places = Buffer.from(await placesFile.read('identity'))
const queries = generate(await readGold(folder), { seed: 3, each: 20 }).map(({ text, lang }) => ({
  query: text,
  lang,
}))

/** The search as one script. */
async function bundled(): Promise<string> {
  const made = await build({
    configFile: false,
    logLevel: 'error',
    build: {
      write: false,
      lib: { entry: join(import.meta.dirname, 'phone-search.ts'), formats: ['es'] },
    },
  })
  const [first] = Array.isArray(made) ? made : [made]
  const chunk = first && 'output' in first ? first.output[0] : undefined
  if (!chunk || !('code' in chunk)) throw new Error('The search could not be bundled.')
  return chunk.code
}

const script = await bundled()
const browser = await launchChromium()
const page = await browser.newPage()
await page.route('http://localhost/**', (route) => {
  const { pathname } = new URL(route.request().url())
  if (pathname === '/search.js')
    return route.fulfill({ contentType: 'text/javascript', body: script })
  if (pathname === '/places') return route.fulfill({ body: places })
  return route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>Places</title>' })
})
await page.goto('http://localhost/')
const session = await page.context().newCDPSession(page)
await session.send('Emulation.setCPUThrottlingRate', { rate: slower })
const [opened, times] = await page.evaluate(async (asked) => {
  const address = '/search.js'
  const { timed } = (await import(address)) as typeof import('./phone-search.ts')
  const bytes = new Uint8Array(await (await fetch('/places')).arrayBuffer())
  return timed(bytes, asked)
}, queries)
await browser.close()
times.sort((a, b) => a - b)
const at = (share: number) => (times[Math.floor(share * (times.length - 1))] ?? 0).toFixed(1)
console.log(`opening and first answer ${opened.toFixed(0)} ms; then of ${times.length} queries`)
console.log(`median ${at(0.5)} ms, 95 of 100 under ${at(0.95)} ms, slowest ${at(1)} ms`)
