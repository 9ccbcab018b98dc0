import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import { dirname, extname, join } from 'node:path'
import { brotliCompressSync, constants } from 'node:zlib'

// The peer of P6: a page of GOV.UK Frontend as its guide says to build one (css, fonts, the script that
// starts its components) with static text, from memory, compressed as hard as brotli can.

const folder = join(
  dirname(createRequire(import.meta.url).resolve('govuk-frontend/package.json')),
  'dist',
  'govuk',
)
const types: Record<string, string> = {
  '.css': 'text/css',
  '.js': 'text/javascript',
  '.woff2': 'font/woff2',
  '.html': 'text/html; charset=utf-8',
}

const entry = (n: number): string => `<h2 class="govuk-heading-m">Confirmed ${n}</h2>
<p class="govuk-body">Cooper Street and 2nd Avenue, Harbourside. Two people checked this. Seen 12 minutes ago, last checked
3 minutes ago. Keep a lawful distance, do not get in the way, and you may record what you see from where you stand.</p>`

const start = `import { initAll } from '/govuk-frontend.min.js'
initAll()`

const html = `<!doctype html>
<html lang="en" class="govuk-template">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Live</title>
<link rel="stylesheet" href="/govuk-frontend.min.css"></head>
<body class="govuk-template__body">
<header class="govuk-header" data-module="govuk-header"><div class="govuk-header__container govuk-width-container">Live</div></header>
<div class="govuk-width-container"><main class="govuk-main-wrapper" id="main-content"><h1 class="govuk-heading-xl">Lanternport now</h1>
${Array.from({ length: 6 }, (_, n) => entry(n + 1)).join('\n')}
<button type="submit" class="govuk-button" data-module="govuk-button">Report what you see</button></main></div>
<script type="module" src="/start.js"></script></body></html>`

function bodyOf(path: string): Buffer | null {
  if (path === '/index.html') return Buffer.from(html)
  if (path === '/start.js') return Buffer.from(start)
  try {
    return readFileSync(join(folder, new URL(path, 'http://here').pathname))
  } catch {
    return null
  }
}

/** Serves the page on a free port. */
export async function startGovukPage(): Promise<{ url: string; stop(): Promise<void> }> {
  const kept = new Map<string, { body: Buffer; headers: Record<string, string> } | null>()
  const answerOf = (path: string) => {
    const known = kept.get(path)
    if (known !== undefined) return known
    const answer = prepare(path, bodyOf(path))
    kept.set(path, answer)
    return answer
  }
  const server = createServer((request, response) => {
    const answer = answerOf(request.url === '/' ? '/index.html' : (request.url ?? ''))
    if (!answer) return void response.writeHead(404).end()
    response.writeHead(200, answer.headers).end(answer.body)
  })
  await new Promise<void>((resolve) => server.listen(0, resolve))
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  return {
    url: `http://localhost:${port}/`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function prepare(path: string, body: Buffer | null) {
  if (!body) return null
  const type = types[extname(path)] ?? 'application/octet-stream'
  const headers: Record<string, string> = {
    'content-type': type,
    'cache-control': 'public, max-age=31536000',
  }
  // Fonts are compressed already.
  if (extname(path) === '.woff2') return { body, headers }
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11 }
  return {
    body: brotliCompressSync(body, { params }),
    headers: { ...headers, 'content-encoding': 'br' },
  }
}
