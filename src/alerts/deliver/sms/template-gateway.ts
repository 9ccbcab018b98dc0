import { gsmLetters } from '../../../kernel/sms-segments.ts'
import { ask, attemptOf } from '../http-request.ts'
import type { SmsGateway, TextMessage } from './gateway.ts'

export interface TemplateOptions {
  /** An address with `{to}`, `{text}`, and where they are wanted `{reference}`, `{key}`, `{coding}`. */
  url: string
  /** What is posted, with the same names; none where the address says it all. */
  body: string | null
  /** Goes where `{key}` stands, else as a bearer token. */
  key: string | null
}

const names = /\{(to|text|reference|key|coding)\}/g

/** Any gateway that takes a message as one HTTP request, GET or POST (docs/operating.md, Sending). */
export function templateGateway({ url, body, key }: TemplateOptions): SmsGateway {
  const json = body?.trimStart().startsWith('{') ?? false
  const bearer = key && !`${url}${body ?? ''}`.includes('{key}')
  const headers = {
    ...(body === null
      ? {}
      : { 'content-type': json ? 'application/json' : 'application/x-www-form-urlencoded' }),
    ...(bearer ? { authorization: `Bearer ${key}` } : {}),
  }
  const inJson = (text: string): string => JSON.stringify(text).slice(1, -1)
  return {
    async submit(message) {
      const values = valuesOf(message, key)
      return attemptOf(
        await ask({
          url: new URL(filled(url, values, encodeURIComponent)),
          method: body === null ? 'GET' : 'POST',
          headers,
          ...(body === null
            ? {}
            : { body: filled(body, values, json ? inJson : encodeURIComponent) }),
        }),
      )
    },
    stop: async () => {},
  }
}

const valuesOf = ({ to, text, reference }: TextMessage, key: string | null) => ({
  to,
  text,
  reference,
  key: key ?? '',
  // As Kannel and others call them: 0 is GSM 7-bit, 2 is UCS-2.
  coding: gsmLetters(text) === null ? '2' : '0',
})

const filled = (
  template: string,
  values: Record<string, string>,
  written: (text: string) => string,
): string => template.replace(names, (_all, name: string) => written(values[name] ?? ''))
