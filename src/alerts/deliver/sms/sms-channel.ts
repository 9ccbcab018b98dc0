import type { Kernel } from '../../../kernel/kernel.ts'
import { limits } from '../../../kernel/limits.ts'
import { asTextMessage, segmentsOf } from '../../../kernel/sms-segments.ts'
import { addressHash } from '../../endpoints.ts'
import { cityName, shortText, type Wording } from '../../words.ts'
import type { Batch, ChannelSender, Delivery, Question } from '../channels.ts'
import { type Attempt, sendEach } from '../send-each.ts'
import { unlessStopped } from '../unless-stopped.ts'
import type { SmsGateway, Submitted } from './gateway.ts'

export interface SmsChannelOptions {
  kernel: Pick<Kernel, 'db' | 'clock' | 'ids' | 'secrets' | 'metrics'>
  wording: Wording
  gateway: SmsGateway
  /** Messages a second that the sender's number may send. */
  perSecond: number
}

/**
 * Sends alerts as text messages, one segment each. Every one is handed over while its number cannot
 * say STOP: a STOP that was committed is followed by nothing.
 */
export function smsChannel(options: SmsChannelOptions): ChannelSender {
  const { kernel, gateway, perSecond } = options
  const sender = sendEach(
    { perSecond, atOnce: limits.textsAtOnce, clock: kernel.clock },
    (delivery, batch) => submitAlert(options, delivery, batch),
  )
  return {
    send: (batch) => sender.send(batch),
    ask: (question) => askOwner(options, question),
    async stop() {
      await sender.stop()
      await gateway.stop()
    },
  }
}

async function submitAlert(
  options: SmsChannelOptions,
  { id, endpoint, language }: Delivery,
  { signed }: Batch,
): Promise<Attempt> {
  if (endpoint.channel !== 'sms') return 'refused'
  const { kernel, wording } = options
  const text = shortText(wording, signed.alert, language)
  const hash = addressHash(kernel, 'sms', endpoint.number)
  const done = await unlessStopped(kernel.db, { id, hash, state: 'active' }, () =>
    handOver(options, endpoint.number, text),
  )
  return done ?? 'unwanted'
}

/** The question whether it was they who asked; it goes by itself, since its job has no page. */
function askOwner(
  options: SmsChannelOptions,
  { endpoint, language }: Question,
): Promise<Submitted> {
  if (endpoint.channel !== 'sms') return Promise.resolve('refused')
  const { wording } = options
  const text = wording.translator(language)('alerts.ask.sms', { city: cityName(wording, language) })
  return handOver(options, endpoint.number, asTextMessage(text))
}

async function handOver(
  { kernel: { ids, metrics }, gateway }: SmsChannelOptions,
  to: string,
  text: string,
): Promise<Submitted> {
  const submitted = await gateway.submit({ to, text, reference: ids.uuid() })
  metrics.textSegments.inc({ outcome: submitted }, segmentsOf(text))
  return submitted
}
