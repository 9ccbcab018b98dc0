import { accessSync, constants, existsSync, mkdirSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import pg from 'pg'
import { loadCity } from '../kernel/city/index.ts'
import { readConfig } from '../kernel/config.ts'
import { databaseUser } from '../kernel/db/database-user.ts'
import { readMigrations } from '../kernel/db/migrate.ts'
import { buildFolder } from './build.ts'
import { database, migrationsFolder, root } from './session.ts'

interface Finding {
  ok: boolean
  what: string
  /** What to do, where something is wrong. */
  mend?: string
}

type Check = () => Promise<Finding> | Finding

/** `porchlight doctor`: looks at a set-up and says what is wrong and what to do. Exit 1 on a fault. */
export async function doctor(flags: Record<string, unknown>): Promise<void> {
  let faults = 0
  for (const check of checks(flags)) {
    const finding = await Promise.resolve()
      .then(check)
      .catch((error: Error): Finding => ({ ok: false, what: error.message }))
    if (!finding.ok) faults++
    console.log(
      `${finding.ok ? 'ok   ' : 'FAULT'} ${finding.what}${finding.mend ? `\n      ${finding.mend}` : ''}`,
    )
  }
  console.log(faults === 0 ? 'Nothing is wrong.' : `${faults} to mend.`)
  if (faults > 0) process.exitCode = 1
}

function checks(flags: Record<string, unknown>): Check[] {
  const config = () => readConfig(root, flags)
  return [
    () => ({ ok: true, what: `Node ${process.versions.node}` }),
    () => ({ ok: true, what: `configuration: city ${config().city}, port ${config().port}` }),
    async () => {
      const city = await loadCity(join(root, 'cities', config().city))
      return {
        ok: true,
        what: `city pack ${city.id}: ${city.areas.length} areas, ${city.languages.length} languages`,
      }
    },
    () => dataFolder(config().data),
    () =>
      config().databaseUrl
        ? { ok: true, what: 'DATABASE_URL is set' }
        : embeddedUser(config().data),
    () => databaseState(flags),
    () => port(config().port, config().host),
    () => pagesBuilt(),
    () => publicUrl(config().publicUrl),
    () => ({
      ok: true,
      what: config().evidenceRecipient
        ? 'untouched photos and video are kept, sealed to the evidence recipient'
        : 'no evidence recipient (--evidence-recipient): untouched photos and video are not kept',
    }),
    () => ({
      ok: true,
      what: config().faceModel
        ? 'phones look for faces by the model of --face-model'
        : 'no face model (--face-model): phones look for faces only where their browser can',
    }),
  ]
}

function dataFolder(folder: string): Finding {
  mkdirSync(folder, { recursive: true })
  accessSync(folder, constants.W_OK)
  return { ok: true, what: `data folder ${folder} can be written` }
}

function embeddedUser(folder: string): Finding {
  const user = databaseUser(folder)
  return {
    ok: true,
    what: user
      ? `started by root: the database runs as user ${user.uid}`
      : 'the database runs as the user who starts it',
  }
}

async function databaseState(flags: Record<string, unknown>): Promise<Finding> {
  const { url, release } = await database(readConfig(root, flags))
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5000 })
  client.on('error', () => {})
  try {
    await client.connect()
    const { rows } = await client.query(
      "select current_setting('server_version') as version, current_setting('fsync') as fsync, to_regclass('migrations') as migrated",
    )
    const { version, fsync, migrated } = rows[0]
    if (fsync !== 'on')
      return {
        ok: false,
        what: `PostgreSQL ${version} runs with fsync ${fsync}`,
        mend: 'Turn fsync on: a power cut would lose accepted reports.',
      }
    const applied = migrated
      ? Number((await client.query('select count(*)::int as n from migrations')).rows[0].n)
      : 0
    const waiting = readMigrations(migrationsFolder).length - applied
    return {
      ok: true,
      what: `PostgreSQL ${version}, ${waiting > 0 ? `${waiting} migrations to apply at the next start` : 'up to date'}`,
    }
  } finally {
    await client.end().catch(() => {})
    await release()
  }
}

function port(wanted: number, host: string | undefined): Promise<Finding> {
  return new Promise((resolve) => {
    const probe = createServer()
    probe.on('error', (error: NodeJS.ErrnoException) =>
      resolve({
        ok: false,
        what: `port ${wanted}: ${error.code === 'EADDRINUSE' ? 'taken' : error.code}`,
        mend: 'If that is not Porchlight itself, choose another with --port.',
      }),
    )
    probe.listen(wanted, host, () =>
      probe.close(() => resolve({ ok: true, what: `port ${wanted} is free` })),
    )
  })
}

const pagesBuilt = (): Finding =>
  existsSync(join(root, buildFolder(), 'handler.js'))
    ? { ok: true, what: 'the pages are built' }
    : { ok: true, what: 'the pages are not built yet; "serve" builds them' }

const publicUrl = (url: string | undefined): Finding =>
  !url || url.startsWith('https:') || /\/\/(localhost|127\.|\[::1)/.test(url)
    ? { ok: true, what: url ? `public address ${url}` : 'no PUBLIC_URL: links lead to localhost' }
    : {
        ok: false,
        what: `the public address ${url} is not https`,
        mend: "Passkeys and the phone's position work over https only: put a proxy with a certificate in front.",
      }
