import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { type Browser, chromium } from 'playwright-core'

const install = 'apt-get update && apt-get install -y chromium'
const usual = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

/** Nothing but what we ask it for leaves the browser: no updates, no field trials, no synchronising. */
const quiet = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** Starts a Chromium without a window. Throws the one command that installs it where there is none. */
export async function launchChromium(): Promise<Browser> {
  return chromium.launch({ executablePath: findChromium(), args: quiet })
}

function findChromium(): string {
  const found = installed()
  if (found) return found
  if (process.getuid?.() === 0 && existsSync('/etc/debian_version')) {
    console.log(`No Chromium here; installing it: ${install}`)
    spawnSync('sh', ['-c', install], { stdio: 'inherit' })
    const fresh = installed()
    if (fresh) return fresh
  }
  throw new Error(
    `The browser journeys need Chromium. Install it with: sudo sh -c '${install}' (or say where it is with CHROMIUM=/path).`,
  )
}

const installed = (): string | undefined =>
  [process.env.CHROMIUM ?? '', ...usual].find((path) => path !== '' && existsSync(path))
