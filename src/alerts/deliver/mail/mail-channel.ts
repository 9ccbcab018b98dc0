import { createTransport } from 'nodemailer'
import type { Kernel } from '../../../kernel/kernel.ts'
import { limits } from '../../../kernel/limits.ts'
import type { Endpoint } from '../../contract.ts'
import { addressHash, addressOf } from '../../endpoints.ts'
import type { Wording } from '../../words.ts'
import type { Batch, ChannelSender, Delivery, Question } from '../channels.ts'
import { type Attempt, sendEach } from '../send-each.ts'
import { unlessStopped } from '../unless-stopped.ts'
import type { MailServer } from './read-server.ts'
import { alertLetter, type Letter, questionLetter, unsubscribeUrl } from './write-mail.ts'

export interface MailChannelOptions {
  kernel: Pick<Kernel, 'db' | 'clock' | 'ids' | 'secrets'>
  wording: Wording
  /** Where the public reaches us. */
  origin: string
  server: MailServer
}

type Mailbox = Extract<Endpoint, { channel: 'email' }>
type Transport = ReturnType<typeof openTransport>

/** Sends alerts by e-mail, plain and HTML, each ended by one click (RFC 8058). */
export function mailChannel(options: MailChannelOptions): ChannelSender {
  const { kernel } = options
  const transport = openTransport(options.server)
  const { lettersPerSecond: perSecond, lettersAtOnce: atOnce } = limits
  const sender = sendEach({ perSecond, atOnce, clock: kernel.clock }, (delivery, batch) =>
    sendAlert(options, transport, delivery, batch),
  )
  return {
    send: (batch) => sender.send(batch),
    ask: (question) => askOwner(options, transport, question),
    async stop() {
      await sender.stop()
      transport.close()
    },
  }
}

/** What is given to nodemailer is text of ours: it reads no files and fetches nothing for us. */
function openTransport({ host, port, secure, insecure, user, password }: MailServer) {
  const milliseconds = limits.sendAnswerSeconds * 1000
  return createTransport({
    ...{ host, port, secure, requireTLS: !secure && !insecure, ignoreTLS: insecure },
    ...{ pool: true, maxConnections: limits.lettersAtOnce, logger: false },
    ...{
      connectionTimeout: milliseconds,
      greetingTimeout: milliseconds,
      socketTimeout: milliseconds,
    },
    ...{ disableFileAccess: true, disableUrlAccess: true },
    ...(user ? { auth: { user, pass: password ?? '' } } : {}),
  })
}

async function sendAlert(
  options: MailChannelOptions,
  transport: Transport,
  { id, endpoint, language: lang }: Delivery,
  { signed }: Batch,
): Promise<Attempt> {
  if (endpoint.channel !== 'email') return 'refused'
  const { kernel } = options
  const hash = addressHash(kernel, 'email', addressOf(endpoint))
  const written = alertLetter({ ...options, lang }, signed.alert, endpoint.capability)
  const done = await unlessStopped(kernel.db, { id, hash, state: 'active' }, () =>
    post(options, transport, endpoint, written),
  )
  return done ?? 'unwanted'
}

async function askOwner(
  options: MailChannelOptions,
  transport: Transport,
  { endpoint, language: lang }: Question,
): Promise<'accepted' | 'refused' | 'gone' | 'again'> {
  if (endpoint.channel !== 'email') return 'refused'
  return post(options, transport, endpoint, questionLetter({ ...options, lang }, endpoint.confirm))
}

async function post(
  { kernel, origin, server }: MailChannelOptions,
  transport: Transport,
  { address, capability }: Mailbox,
  { subject, text, html }: Letter,
): Promise<'accepted' | 'refused' | 'gone' | 'again'> {
  try {
    await transport.sendMail({
      from: server.from,
      // An address as parts: no comma in it makes two, and what is sent to is said beside it.
      to: { name: '', address },
      envelope: { from: server.envelopeFrom, to: [address] },
      ...{ subject: oneLine(subject), text, html, date: kernel.clock.now() },
      messageId: `<${kernel.ids.uuid()}@${server.domain}>`,
      headers: {
        'List-Unsubscribe': `<${unsubscribeUrl(origin, capability)}>`,
        'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
        'Auto-Submitted': 'auto-generated',
      },
    })
    return 'accepted'
  } catch (error) {
    return attemptOf(error as { responseCode?: number; code?: string })
  }
}

/** A header is one line, whatever a place is called. */
const oneLine = (text: string): string => text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')

/** RFC 5321 section 4.2: 4yz may pass, 5yz will not; 550 and 551 say that the mailbox is not there. */
function attemptOf({ responseCode, code }: { responseCode?: number; code?: string }) {
  // A password that is wrong or was changed is ours to put right: the letter waits.
  if (code === 'EAUTH' || responseCode === undefined || responseCode < 500) return 'again'
  return responseCode === 550 || responseCode === 551 ? 'gone' : 'refused'
}
