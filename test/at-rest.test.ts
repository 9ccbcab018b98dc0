import { randomBytes } from 'node:crypto'
import { chmodSync, lstatSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ask, freePort, serving, until } from './program.ts'

const canary = (): string => `canary${randomBytes(9).toString('hex')}`

/** Every file below a folder, links not followed. */
function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true })
    .map((name) => join(folder, String(name)))
    .filter((path) => lstatSync(path).isFile())
}

/** The files that hold a text, as it is or as PostgreSQL would write it in hexadecimal. */
function holding(folder: string, text: string): string[] {
  const looks = [text, text.toUpperCase(), Buffer.from(text).toString('hex')].map((look) =>
    Buffer.from(look),
  )
  return filesIn(folder).filter((path) => {
    const bytes = readFileSync(path)
    return looks.some((look) => bytes.includes(look))
  })
}

// The whole data folder: tables, indexes, the write-ahead log, the jobs, the keys (security.md S1, S3).
test('no byte on the disk of a running deployment holds what people wrote or sent beside it', async () => {
  const data = mkdtempSync(join(tmpdir(), 'porchlight-rest-'))
  chmodSync(data, 0o755)
  const words = { description: canary(), contact: canary(), size: canary(), place: canary() }
  const beside = { agent: canary(), address: canary(), cookie: canary(), key: canary() }
  const program = await serving(data, await freePort())
  try {
    const answer = await fetch(`${program.url}/api/v1/reports`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'user-agent': beside.agent,
        'x-forwarded-for': beside.address,
        cookie: `a=${beside.cookie}`,
        'idempotency-key': beside.key,
      },
      body: JSON.stringify({
        activity: 'stop',
        place: { text: words.place },
        observedAt: new Date().toISOString(),
        firstHand: true,
        description: words.description,
        contact: words.contact,
        size: words.size,
      }),
    })
    expect(answer.status).toBe(201)
    const { id, receipt } = await answer.json()
    // Linked, and its receipt made slow: nothing more will be written of it.
    await until(
      async () =>
        (
          await ask(
            data,
            "select 1 from incident_reports where exists (select 1 from reports where receipt_hash not like 'quick:%')",
          )
        ).length > 0,
      20_000,
      'the report is linked and hardened',
    )
    await ask(data, 'checkpoint')
    // The same look finds what is meant to be there.
    expect(holding(data, id).length).toBeGreaterThan(0)
    for (const text of [...Object.values(words), ...Object.values(beside), receipt])
      expect(holding(data, text), text).toEqual([])
    expect(program.printed()).not.toMatch(/canary/)
  } finally {
    program.child.kill('SIGTERM')
    await program.ended
    rmSync(data, { recursive: true, force: true })
  }
}, 240_000)
