import smpp, { type Pdu, type Session } from 'smpp'
import { limits } from '../../../kernel/limits.ts'
import { gsmLetters } from '../../../kernel/sms-segments.ts'
import type { SmsGateway, Submitted, TextMessage } from './gateway.ts'

export interface SmppOptions {
  /** `smpp://host:port`, or `ssmpp://` over TLS. */
  url: string
  systemId: string
  password: string
  from: string
}

/** Statuses that another try may mend: system error, queue full, throttled (SMPP 3.4 section 5.1.3). */
const passing = new Set([0x08, 0x14, 0x58])

/** Type of number: 1 international, 5 letters, 0 as the network likes (SMPP 3.4 section 5.2.5). */
const kindOf = (from: string): number => (/^\+/.test(from) ? 1 : /[^\d]/.test(from) ? 5 : 0)

/** A gateway spoken to by SMPP 3.4: one bound session, made anew when it is lost. */
export function smppGateway(options: SmppOptions): SmsGateway {
  let open: Promise<Session | null> | null = null
  const session = (): Promise<Session | null> => {
    open ??= bind(options, () => {
      open = null
    })
    return open
  }
  return {
    async submit(message) {
      const bound = await session()
      if (bound) return submit(bound, options, message)
      open = null
      return 'again'
    },
    async stop() {
      const bound = await open
      open = null
      if (bound) await new Promise<void>((resolve) => bound.destroy(resolve))
    },
  }
}

function bind({ url, systemId, password }: SmppOptions, lost: () => void): Promise<Session | null> {
  return new Promise((resolve) => {
    const made = smpp.connect({ url, auto_enquire_link_period: limits.smppEnquireSeconds * 1000 })
    const fail = (): void => {
      clearTimeout(timer)
      lost()
      resolve(null)
      made.destroy()
    }
    const timer = setTimeout(fail, limits.sendAnswerSeconds * 1000)
    made.on('error', fail)
    made.on('close', fail)
    made.on('enquire_link', (pdu: Pdu) => made.send(pdu.response()))
    // What comes in by this line is not ours to take: texts come by the hooks (docs/sms.md).
    made.on('deliver_sm', (pdu: Pdu) => made.send(pdu.response()))
    made.bind_transceiver({ system_id: systemId, password }, ({ command_status }) => {
      if (command_status !== 0) return fail()
      clearTimeout(timer)
      resolve(made)
    })
  })
}

function submit(
  session: Session,
  { from }: SmppOptions,
  { to, text }: TextMessage,
): Promise<Submitted> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve('again'), limits.sendAnswerSeconds * 1000)
    const end = (submitted: Submitted): void => {
      clearTimeout(timer)
      session.off('close', lost)
      resolve(submitted)
    }
    const lost = (): void => end('again')
    session.once('close', lost)
    const fields = {
      ...{ source_addr: from.replace('+', ''), source_addr_ton: kindOf(from) },
      ...{ destination_addr: to.replace('+', ''), dest_addr_ton: 1, dest_addr_npi: 1 },
      // 0 is the gateway's own alphabet, which is GSM 7-bit; 8 is UCS-2.
      data_coding: gsmLetters(text) === null ? 8 : 0,
      short_message: text,
    }
    const sent = session.submit_sm(fields, ({ command_status }) =>
      end(command_status === 0 ? 'accepted' : passing.has(command_status) ? 'again' : 'refused'),
    )
    if (!sent) lost()
  })
}
