import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import swagger from '@fastify/swagger'
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { createJsonSchemaTransform, serializerCompiler } from 'fastify-type-provider-zod'
import { limits } from '../limits.ts'
import { Problem } from '../problem.ts'
import type { Log } from '../telemetry/log.ts'
import type { Metrics } from '../telemetry/metrics.ts'
import { recordSpan } from '../telemetry/tracing.ts'
import { type Actor, type Permit, permits } from './actor.ts'
import { answerClientError } from './client-error.ts'
import { parseJson } from './json.ts'
import { problemBody, toProblem } from './problems.ts'
import { validatorCompiler } from './validate.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Required of every route: forgetting it stops the program at its start. */
    permit?: Permit
  }
  interface FastifyRequest {
    actor: Actor | null
  }
}

export interface HttpDeps {
  log: Log
  metrics: Metrics
  version: string
  /** What the API is for, in a sentence of its own description. */
  description: string
  /** Who is calling: from a bearer token or a session cookie; null for a stranger. */
  authenticate(request: IncomingMessage): Promise<Actor | null>
  /** Answers what is not API: the pages. */
  pages?: (req: IncomingMessage, res: ServerResponse) => void
}

/** Paths that the API answers; everything else is a page. */
const apiPaths =
  /^\/(api|feeds|cap|log|hooks|tiles|models|healthz|readyz|metrics|\.well-known)(\/|$|\?)/

/**
 * The API server: zod schemas in, problem documents out, every route with its permit. It also
 * hands page requests on, so that one Node server answers everything.
 */
export async function makeServer(deps: HttpDeps): Promise<FastifyInstance> {
  const app = Fastify({
    bodyLimit: limits.bodyBytes,
    routerOptions: { maxParamLength: 300, ignoreTrailingSlash: true },
    logger: false,
    clientErrorHandler: answerClientError,
    serverFactory: (handle) => nodeServer(handle, deps.pages),
    frameworkErrors: (error, _request, reply) => {
      const problem = toProblem(error)
      const answer: FastifyReply = reply
      answer.code(problem.status).type('application/problem+json').send(problemBody(problem))
    },
  })
  app.setValidatorCompiler(validatorCompiler)
  app.setSerializerCompiler(serializerCompiler)
  app.removeContentTypeParser('text/plain')
  app.addContentTypeParser('application/json', { parseAs: 'string' }, parseJson)
  app.decorateRequest('actor', null)
  guard(app, deps)
  answerErrors(app, deps)
  await describeApi(app, deps)
  return app
}

function nodeServer(
  handle: (req: IncomingMessage, res: ServerResponse) => void,
  pages: HttpDeps['pages'],
): Server {
  const server = createServer((req, res) => {
    // Most bodies came with their headers: those are whole by then, and no clock need run for them.
    if (req.method !== 'GET' && req.method !== 'HEAD') process.nextTick(holdToTime, req)
    if (pages && !apiPaths.test(req.url ?? '')) pages(req, res)
    else handle(req, res)
  })
  // A slow client may hold a connection, not the server (security.md S32).
  server.headersTimeout = 15_000
  server.requestTimeout = 0
  server.keepAliveTimeout = 10_000
  server.maxHeadersCount = 100
  return server
}

/** A request with a body has half a minute, and longer only for what it said it would bring. */
function holdToTime(req: IncomingMessage): void {
  if (req.complete) return
  const bytes = Math.min(Number(req.headers['content-length']) || 0, limits.originalBytes)
  const seconds = limits.requestSeconds + bytes / limits.requestBytesPerSecond
  const timer = setTimeout(() => {
    if (req.complete) return
    const error = Object.assign(new Error('too slow'), { code: 'ERR_HTTP_REQUEST_TIMEOUT' })
    answerClientError(error, req.socket)
  }, seconds * 1000)
  timer.unref()
  req.once('close', () => clearTimeout(timer))
}

/** No name of ours holds a zero byte, and PostgreSQL cannot even be asked for one. */
const nulInPath = /^[^?]*%00/

/** Seconds by method, route and status; each line of the histogram is looked up once, not a request. */
function timing({ httpSeconds }: Metrics) {
  const lines = new Map<string, { observe(seconds: number): void }>()
  return (method: string, route: string, status: number, seconds: number): void => {
    const name = `${method} ${route} ${status}`
    const line = lines.get(name) ?? httpSeconds.labels({ method, route, status })
    lines.set(name, line)
    line.observe(seconds)
  }
}

const alwaysSent = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
}

function guard(app: FastifyInstance, { authenticate, metrics }: HttpDeps): void {
  const observe = timing(metrics)
  app.addHook('onRoute', (route) => {
    if (route.config?.permit === undefined && route.method !== 'HEAD')
      throw new Error(`the route ${route.method} ${route.url} does not say who may call it`)
  })
  app.addHook('onRequest', (request, reply, done) => {
    reply.headers(alwaysSent)
    if (nulInPath.test(request.url))
      throw new Problem('kernel/bad-address', 400, 'The address is not well formed.')
    // Eighty bytes can unpack to fifty megabytes: nobody has to send us packed ones.
    if ((request.headers['content-encoding'] ?? 'identity') !== 'identity')
      throw new Problem('kernel/content-encoding', 415, 'Send the body as it is, not compressed.')
    const permit = request.routeOptions.config.permit ?? 'anyone'
    if (permit === 'anyone') return done()
    reply.header('cache-control', 'no-store')
    admit(request, permit, authenticate).then(() => done(), done)
  })
  app.addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.url ?? 'unknown'
    const { statusCode: status, elapsedTime: milliseconds } = reply
    observe(request.method, route, status, milliseconds / 1000)
    recordSpan(`${request.method} ${route}`, { milliseconds, status, failed: status >= 500 })
    done()
  })
}

async function admit(
  request: FastifyRequest,
  permit: readonly string[],
  authenticate: HttpDeps['authenticate'],
): Promise<void> {
  request.actor = await authenticate(request.raw)
  if (!request.actor)
    throw new Problem('kernel/sign-in-needed', 401, 'Sign in at /desk, or send a bearer token.')
  if (!permits(permit, request.actor))
    throw new Problem(
      'kernel/not-permitted',
      403,
      `This needs one of the roles: ${permit.join(', ')}.`,
    )
}

function answerErrors(app: FastifyInstance, { log }: HttpDeps): void {
  app.setErrorHandler((error: Error, request: FastifyRequest, reply) => {
    const problem = toProblem(error, (id, fields) =>
      log('error', 'request failed', {
        problemId: id,
        route: request.routeOptions.url ?? '',
        ...fields,
      }),
    )
    reply.code(problem.status).type('application/problem+json')
    if (problem.status === 401) reply.header('www-authenticate', 'Bearer')
    // What is busy now says when to come again (RFC 9110, 10.2.3), so that nobody comes at once.
    if (problem.status === 503) reply.header('retry-after', String(limits.busySeconds))
    return reply.send(problemBody(problem))
  })
  app.setNotFoundHandler((_request, reply) => {
    const problem = new Problem(
      'kernel/not-found',
      404,
      'There is nothing at this address. /api/openapi.json lists what there is.',
    )
    reply.code(404).type('application/problem+json').send(problemBody(problem))
  })
}

async function describeApi(
  app: FastifyInstance,
  { version, description }: HttpDeps,
): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Porchlight',
        version,
        description,
        license: { name: 'AGPL-3.0-or-later', identifier: 'AGPL-3.0-or-later' },
      },
      components: { securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } } },
    },
    transform: createJsonSchemaTransform({ skipList: [] }),
  })
}
