/** One text message on its way: E.164 number, text of one message or more, our own name for it. */
export interface TextMessage {
  to: string
  text: string
  reference: string
}

/**
 * What a gateway said. `again` was not taken, or nobody knows: a message may then be sent twice.
 * `gone`: the gateway itself knows that this number wants nothing any more.
 */
export type Submitted = 'accepted' | 'refused' | 'gone' | 'again'

/** Whoever takes text messages from us and brings them to telephones. Never throws; answers within seconds. */
export interface SmsGateway {
  submit(message: TextMessage): Promise<Submitted>
  stop(): Promise<void>
}
