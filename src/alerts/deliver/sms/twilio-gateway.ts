import { ask, attemptOf } from '../http-request.ts'
import type { SmsGateway, Submitted } from './gateway.ts'

export interface TwilioOptions {
  /** Where its API is, `https://api.twilio.com`. */
  origin: string
  account: string
  token: string
  /** A number of ours, or a messaging service (`MG...`). */
  from: string
}

/** Twilio's own code for a number that said STOP to it (twilio.com/docs/api/errors/21610). */
const unsubscribed = 21610

/** Twilio's Messages resource, and whoever speaks as Twilio does (twilio.com/docs/messaging/api). */
export function twilioGateway({ origin, account, token, from }: TwilioOptions): SmsGateway {
  const url = new URL(`/2010-04-01/Accounts/${encodeURIComponent(account)}/Messages.json`, origin)
  const authorization = `Basic ${Buffer.from(`${account}:${token}`).toString('base64')}`
  const sender = from.startsWith('MG') ? 'MessagingServiceSid' : 'From'
  return {
    async submit({ to, text }): Promise<Submitted> {
      const answer = await ask({
        url,
        headers: { authorization, 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams({ To: to, [sender]: from, Body: text }).toString(),
      })
      if (answer?.status === 400 && codeIn(answer.text) === unsubscribed) return 'gone'
      return attemptOf(answer)
    },
    stop: async () => {},
  }
}

function codeIn(text: string): number | null {
  try {
    return (JSON.parse(text) as { code?: number }).code ?? null
  } catch {
    return null
  }
}
