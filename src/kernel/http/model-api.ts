import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import type { GraphModel } from '../graph-model.ts'
import { notFound } from '../problem.ts'

/** Where a model is found: a path of ours that never answers any other bytes. */
export const modelAddress = ({ version }: GraphModel): string => `/models/${version}/model.json`

const options = {
  config: { permit: 'anyone' as const },
  schema: {
    hide: true,
    params: z.object({ version: z.string().max(100), file: z.string().max(100) }),
  },
}

/**
 * Serves a model under `/models/{hash of it}/`: its files as they were read at the start, by their names,
 * and nothing else of the folder they came from. No cookie is read or set.
 */
export function modelApi(app: FastifyInstance, model: GraphModel | null): void {
  app.get('/models/:version/:file', options, async (request, reply) => {
    const { version, file } = request.params as { version: string; file: string }
    const bytes = model?.version === version ? model.files.get(file) : undefined
    if (!bytes) throw notFound('There is no file of a model at this address.')
    reply.header('cache-control', 'public, max-age=31536000, immutable')
    return reply
      .type(file === 'model.json' ? 'application/json' : 'application/octet-stream')
      .send(bytes)
  })
}
