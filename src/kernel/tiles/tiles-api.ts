import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { notFound, Problem } from '../problem.ts'
import type { Log } from '../telemetry/log.ts'
import { type Range, readRange } from './range.ts'
import type { TileFile, TileFiles } from './tile-files.ts'

/** An address that names its version never answers anything else. */
const forEver = 'public, max-age=31536000, immutable'
const anHour = 'public, max-age=3600'

const options = {
  config: { permit: 'anyone' as const },
  schema: {
    hide: true,
    params: z.object({ file: z.string().max(80) }),
    querystring: z.object({ v: z.string().max(100).optional() }),
  },
}

interface Deps {
  files: TileFiles
  cityId: string
  log: Log
}

/** Serves `/tiles/{city}.pmtiles` and `/tiles/base.pmtiles`, whole or a range of them. No cookie is read or set. */
export function tilesApi(app: FastifyInstance, deps: Deps): void {
  app.get('/tiles/:file', options, async (request, reply) => {
    const { file: name } = request.params as { file: string }
    return send(request, reply, await fileOf(name, deps))
  })
}

async function fileOf(name: string, { files, cityId, log }: Deps): Promise<TileFile> {
  const base = name === 'base.pmtiles' ? files.base() : null
  if (base) return base
  if (name !== `${cityId}.pmtiles`) throw notFound('There are no map tiles of this name.')
  return files.city().catch((error: Error) => {
    log('error', 'the map tiles could not be made', { errorName: error.name })
    throw new Problem(
      'kernel/no-tiles',
      503,
      'The map could not be made. The list has everything it would show.',
    )
  })
}

async function send(request: FastifyRequest, reply: FastifyReply, { path, version }: TileFile) {
  const { size } = await stat(path)
  const etag = `"${version}"`
  const range = rangeOf(request, etag, size)
  if (range === 'unsatisfiable') {
    reply.header('content-range', `bytes */${size}`).header('cache-control', 'no-store')
    throw new Problem('kernel/range', 416, `The file has ${size} bytes; ask for a part of it.`)
  }
  const { v } = request.query as { v?: string }
  reply.header('etag', etag).header('accept-ranges', 'bytes')
  reply.header('cache-control', v === version ? forEver : anHour)
  if (matches(request.headers['if-none-match'], etag)) return reply.code(304).send()
  reply.type('application/vnd.pmtiles')
  if (!range) return reply.header('content-length', size).send(createReadStream(path))
  const { first, last } = range
  reply.code(206).header('content-range', `bytes ${first}-${last}/${size}`)
  reply.header('content-length', last - first + 1)
  return reply.send(createReadStream(path, { start: first, end: last }))
}

/** A range under a condition that no longer holds is no range. */
function rangeOf(
  { headers }: FastifyRequest,
  etag: string,
  size: number,
): Range | null | 'unsatisfiable' {
  const condition = headers['if-range']
  return condition === undefined || condition === etag ? readRange(headers.range, size) : null
}

const matches = (header: string | undefined, etag: string): boolean =>
  (header ?? '').split(',').some((each) => ['*', etag, `W/${etag}`].includes(each.trim()))
