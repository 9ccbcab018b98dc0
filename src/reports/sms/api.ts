import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { create } from 'xmlbuilder2'
import { z } from 'zod'
import { once } from '../../kernel/http/idempotency.ts'
import { parseJson } from '../../kernel/http/json.ts'
import { limits } from '../../kernel/limits.ts'
import { notFound, Problem } from '../../kernel/problem.ts'
import { storable } from '../../kernel/text.ts'
import { isTwilios } from '../../kernel/twilio-signature.ts'
import { isFresh } from './signatures.ts'
import { type Incoming, type Sms, takeMessage } from './take-message.ts'

/** The keys of who may hand us text messages; a hook without its key is not there. */
export interface SmsKeys {
  twilioToken: string | null
  genericKey: string | null
}

const id = z.string().min(1).max(100)
const text = z.string().max(limits.smsCharacters * 10)
const TwilioForm = z.object({ MessageSid: id, From: id, Body: text.default('') })
const GenericBody = z.strictObject({
  id,
  from: id,
  text,
  part: z
    .strictObject({
      reference: id,
      index: z.int().min(1).max(20),
      total: z.int().min(1).max(20),
    })
    .refine(({ index, total }) => index <= total, { error: 'index is more than total' })
    .optional(),
})

/** One answer for every refusal: forged, stale, replayed with another body, malformed (F23). */
const refused = (): Problem =>
  new Problem('reports/sms-refused', 403, 'This request is not accepted.')

const hidden = { config: { permit: 'anyone' as const }, schema: { hide: true } }

/**
 * The doors of text messages. `origin` is our address as the provider calls it. Each is 404 until its
 * key is configured (docs/sms.md).
 */
export function smsApi(
  server: FastifyInstance,
  sms: Sms,
  { origin, keys }: { origin: string; keys: SmsKeys },
): void {
  server.register(async (scope) => {
    const asText = (_request: unknown, body: string | Buffer, done: Done): void =>
      done(null, String(body))
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, asText)
    scope.addContentTypeParser('application/json', { parseAs: 'string' }, asText)
    scope.post('/hooks/sms/twilio', hidden, async (request, reply) => {
      if (!keys.twilioToken) throw notFound()
      const form = new URLSearchParams(bodyOf(request))
      const signature = header(request, 'x-twilio-signature')
      if (!isTwilios(keys.twilioToken, { url: origin + request.url, form, signature }))
        throw refused()
      const read = TwilioForm.safeParse(Object.fromEntries(form))
      if (!read.success) throw refused()
      const { MessageSid, From, Body } = read.data
      const incoming = {
        provider: 'twilio',
        messageId: MessageSid,
        from: From,
        text: Body,
      } as const
      return twiml(reply, await taken(sms, incoming))
    })
    scope.post('/hooks/sms/generic', hidden, async (request, reply) => {
      if (!keys.genericKey) throw notFound()
      const body = bodyOf(request)
      const signed = {
        timestamp: header(request, 'porchlight-timestamp'),
        nonce: header(request, 'porchlight-nonce'),
        signature: header(request, 'porchlight-signature'),
        body,
      }
      const now = sms.room.kernel.clock.now()
      if (!isFresh(keys.genericKey, signed, now)) throw refused()
      await spendNonce(sms, signed.nonce, body, now)
      const read = GenericBody.safeParse(await json(request, body))
      if (!read.success) throw refused()
      const { id: messageId, ...rest } = read.data
      const answer = await taken(sms, { provider: 'generic', messageId, ...rest })
      return reply.header('cache-control', 'no-store').send({ reply: answer || null })
    })
  })
}

type Done = (error: Error | null, value?: unknown) => void

const bodyOf = (request: FastifyRequest): string =>
  typeof request.body === 'string' ? request.body : ''

const header = (request: FastifyRequest, name: string): string => {
  const value = request.headers[name]
  return typeof value === 'string' ? value : ''
}

const json = (request: FastifyRequest, body: string): Promise<unknown> =>
  new Promise((resolve, reject) =>
    parseJson(request, body, (error, value) => (error ? reject(refused()) : resolve(value))),
  )

/** A nonce stands for one body: the same request again is harmless, another under it is forged. */
async function spendNonce(sms: Sms, nonce: string, body: string, now: Date): Promise<void> {
  const spent = { scope: 'sms nonce', key: nonce, body, now }
  await asRefusal(
    sms.room.kernel.db
      .transaction()
      .execute((tx) => once(tx, spent, async () => ({ status: 200, body: '' }))),
  )
}

/** Half a character and zero bytes cannot be kept: such a message is read as an empty one. */
const taken = (sms: Sms, incoming: Incoming): Promise<string> =>
  asRefusal(takeMessage(sms, { ...incoming, text: storable(incoming.text) ? incoming.text : '' }))

/** The same id with another body is refused like a forgery; what fails is ours and stays a failure. */
async function asRefusal<T>(work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    if (error instanceof Problem && error.code === 'kernel/idempotency-mismatch') throw refused()
    throw error
  }
}

function twiml(reply: FastifyReply, answer: string): FastifyReply {
  const response = create({ version: '1.0', encoding: 'UTF-8' }).ele('Response')
  if (answer) response.ele('Message').txt(answer)
  return reply
    .header('cache-control', 'no-store')
    .type('text/xml; charset=utf-8')
    .send(response.end())
}
