import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { cellsToMultiPolygon, gridDisk, latLngToCell } from 'h3-js'
import { cellOf } from '../src/alerts/contract-h3.ts'
import { MatchIndex } from '../src/alerts/matching/match-index.ts'
import { cellsAt, entryOf, numbers, people, pointsOf } from './audience.ts'
import { hasPostgis, startPostgis } from './postgis.ts'
import type { Bench, Prepared } from './side-by-side.ts'

const homes = pointsOf(people, 7)
const places = pointsOf(10_000, 11)
const redisProgram = '/usr/bin/redis-server'

function ourIndex(): MatchIndex {
  const index = new MatchIndex()
  for (const [id, point] of homes.entries()) index.put(entryOf(id, point))
  return index
}

const cellOfPlace = (at: number): string => {
  const { lat, lon } = places[at] ?? { lat: 0, lon: 0 }
  return latLngToCell(lat, lon, 9)
}

/** Ms an alert, over all places; the answer is whom it found, nearest first. */
function matchAll(index: MatchIndex): number {
  const began = performance.now()
  let found = 0
  for (let i = 0; i < places.length; i++) found += index.match([cellOfPlace(i)]).ids.length
  if (found === 0) throw new Error('nobody was found: nothing was measured')
  return (performance.now() - began) / places.length
}

/** Held against looking at each of the million in turn, for some places. */
function verify(index: MatchIndex): void {
  for (let at = 0; at < 20; at++) {
    const cell = cellOf(cellOfPlace(at))
    const wanted = homes.flatMap((home, id) =>
      cellsAt(home).some((own) => own.cell === cell) ? [id] : [],
    )
    const found = [...index.match([cellOfPlace(at)]).ids].sort((a, b) => a - b)
    if (JSON.stringify(found) !== JSON.stringify(wanted))
      throw new Error('not whom the oracle finds')
  }
}

/** Prints what is asked for beside the ratios: bytes a person, and the time of an update. */
function tellSize(index: MatchIndex): void {
  const random = numbers(3)
  const began = performance.now()
  const updates = 100_000
  for (let i = 0; i < updates; i++) {
    const point = homes[Math.floor(random() * homes.length)] ?? { lat: 0, lon: 0 }
    index.put(entryOf(people + i, point))
  }
  const micros = ((performance.now() - began) / updates) * 1000
  for (let i = 0; i < updates; i++) index.remove(people + i)
  console.log(
    `P3  ${(index.bytes / index.size).toFixed(1)} bytes a subscription (<= 40), ${micros.toFixed(2)} µs an update (<= 5)`,
  )
}

let kept: MatchIndex | null = null
function ready(): MatchIndex {
  if (kept) return kept
  kept = ourIndex()
  verify(kept)
  tellSize(kept)
  return kept
}

async function besidePostgis(): Promise<Prepared> {
  if (!hasPostgis()) throw new Error('apt-get install postgresql-15-postgis-3')
  const index = ready()
  const { client, stop } = await startPostgis()
  await client.query('create table shapes (cell text primary key, shape geometry)')
  await client.query('create table people (id int, cell text)')
  const shapes = new Map<string, string>()
  const cells = homes.map(({ lat, lon }) => latLngToCell(lat, lon, 9))
  for (const cell of cells)
    if (!shapes.has(cell)) {
      const [polygon] = cellsToMultiPolygon(gridDisk(cell, 1), true)
      shapes.set(cell, JSON.stringify({ type: 'Polygon', coordinates: polygon }))
    }
  await client.query(
    `insert into shapes select c, st_setsrid(st_geomfromgeojson(g), 4326) from unnest($1::text[], $2::text[]) as t (c, g)`,
    [[...shapes.keys()], [...shapes.values()]],
  )
  for (let at = 0; at < cells.length; at += 50_000)
    await client.query(
      'insert into people select $1::int + n - 1, c from unnest($2::text[]) with ordinality as t (c, n)',
      [at, cells.slice(at, at + 50_000)],
    )
  await client.query(
    'create table asked as select p.id, s.shape from people p join shapes s using (cell)',
  )
  await client.query('create index on asked using gist (shape)')
  await client.query('vacuum analyze asked')
  const asked = 100
  return {
    ours: () => matchAll(index),
    async peer() {
      const began = performance.now()
      for (let i = 0; i < asked; i++) {
        const { lat, lon } = places[i] ?? { lat: 0, lon: 0 }
        await client.query({
          name: 'stab',
          text: 'select id from asked where st_intersects(shape, st_setsrid(st_makepoint($1, $2), 4326))',
          values: [lon, lat],
        })
      }
      return (performance.now() - began) / asked
    },
    close: stop,
  }
}

async function startRedis(): Promise<{ socket: Socket; stop(): Promise<void> }> {
  if (!existsSync(redisProgram)) throw new Error('apt-get install redis-server')
  const folder = mkdtempSync(join(tmpdir(), 'porchlight-redis-'))
  const path = join(folder, 'redis.sock')
  const server: ChildProcess = spawn(
    redisProgram,
    ['--port', '0', '--unixsocket', path, '--save', '', '--dir', folder],
    { stdio: 'ignore' },
  )
  while (!existsSync(path)) await setTimeout(50)
  const socket = connect(path)
  await once(socket, 'connect')
  return {
    socket,
    async stop() {
      socket.destroy()
      server.kill('SIGTERM')
      await once(server, 'exit')
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** One command as Redis reads it (RESP), and its whole answer. */
const command = (...words: (string | number)[]): string =>
  `*${words.length}\r\n${words.map((word) => `$${Buffer.byteLength(String(word))}\r\n${word}\r\n`).join('')}`

/** Sends one command and waits until an array of that answer has come whole. */
function ask(socket: Socket, text: string): Promise<number> {
  return new Promise((resolve) => {
    let answer = ''
    const hear = (chunk: Buffer): void => {
      answer += chunk.toString('latin1')
      const length = Number(/^[*:](\d+)\r\n/.exec(answer)?.[1] ?? Number.NaN)
      const lines = answer.split('\r\n').length - 2
      if (Number.isNaN(length) || (answer.startsWith('*') && lines < length * 2)) return
      socket.off('data', hear)
      resolve(length)
    }
    socket.on('data', hear)
    socket.write(text)
  })
}

async function besideRedis(): Promise<Prepared> {
  const index = ready()
  const { socket, stop } = await startRedis()
  for (let at = 0; at < homes.length; at += 10_000) {
    const batch = homes.slice(at, at + 10_000).flatMap(({ lat, lon }, i) => [lon, lat, at + i])
    await ask(socket, command('GEOADD', 'homes', ...batch))
  }
  const asked = 200
  // A circle as large as a cell and its six neighbours.
  return {
    ours: () => matchAll(index),
    async peer() {
      const began = performance.now()
      for (let i = 0; i < asked; i++) {
        const { lat, lon } = places[i] ?? { lat: 0, lon: 0 }
        await ask(
          socket,
          command('GEOSEARCH', 'homes', 'FROMLONLAT', lon, lat, 'BYRADIUS', 484, 'm'),
        )
      }
      return (performance.now() - began) / asked
    },
    close: stop,
  }
}

export const benches: readonly Bench[] = [
  {
    id: 'P3 PostGIS',
    what: 'one alert among 1,000,000 subscriptions, beside PostGIS (GiST)',
    unit: 'ms',
    target: { atMost: 0.01 },
    bound:
      'the list of rows is copied and sorted by nearness; finding it is one look into a map a resolution',
    prepare: besidePostgis,
  },
  {
    id: 'P3 Redis',
    what: 'one alert among 1,000,000 subscriptions, beside Redis GEOSEARCH',
    unit: 'ms',
    target: { atMost: 0.02 },
    bound: 'as above',
    prepare: besideRedis,
  },
]
