import { request as httpRequest, type RequestOptions } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { limits } from '../../kernel/limits.ts'

export interface HttpAsked {
  url: URL
  method?: 'GET' | 'POST'
  headers?: Record<string, string>
  body?: string
  /** Where names may lead, and whose certificates hold besides: for addresses that others name. */
  socket?: Pick<RequestOptions & { ca?: string | readonly string[] }, 'lookup' | 'ca'>
}

/** A whole answer: redirects are answers, never followed. */
export interface HttpAnswer {
  status: number
  /** As much of it as we read. */
  text: string
}

/**
 * One request over HTTP, on a connection of its own, answered within `limits.sendAnswerSeconds` and
 * `limits.sendAnswerBytes`. Null where no answer came, for whatever reason: it may have been taken.
 */
export function ask(asked: HttpAsked): Promise<HttpAnswer | null> {
  const { url, method = 'POST', headers = {}, body = '', socket = {} } = asked
  const request = url.protocol === 'https:' ? httpsRequest : httpRequest
  return new Promise((resolve) => {
    const length = method === 'POST' ? { 'content-length': String(Buffer.byteLength(body)) } : {}
    const signal = AbortSignal.timeout(limits.sendAnswerSeconds * 1000)
    const sent = request(url, {
      method,
      headers: { 'user-agent': 'Porchlight', ...headers, ...length },
      agent: false,
      signal,
      ...(socket as RequestOptions),
    })
    sent.on('error', () => resolve(null))
    sent.on('response', (response) => {
      const status = response.statusCode ?? 0
      const parts: Buffer[] = []
      let bytes = 0
      const done = (): void => {
        resolve({ status, text: Buffer.concat(parts).toString('utf8') })
        sent.destroy()
      }
      response.on('data', (part: Buffer) => {
        const room = limits.sendAnswerBytes - bytes
        parts.push(part.subarray(0, room))
        bytes += part.length
        if (bytes >= limits.sendAnswerBytes) done()
      })
      response.on('end', done)
      // Its status has come: that is the answer, however the rest of it ended.
      response.on('error', done)
    })
    sent.end(method === 'POST' ? body : undefined)
  })
}

/** What follows from an answer's status; what is not ours to mend by trying again is refused. */
export function attemptOf(answer: HttpAnswer | null): 'accepted' | 'refused' | 'again' {
  if (!answer) return 'again'
  const { status } = answer
  if (status >= 200 && status < 300) return 'accepted'
  // 401 and 403 are an operator's key that is wrong or was changed: put right, the message still goes.
  return status >= 500 || [401, 403, 408, 425, 429].includes(status) ? 'again' : 'refused'
}
