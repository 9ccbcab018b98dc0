import type { Channel, Endpoint } from '../contract.ts'
import type { SignedAlert } from '../contract-alert.ts'

/** One message to be handed over. */
export interface Delivery {
  /** The subscription's number. */
  id: number
  endpoint: Endpoint
  language: string
  /** What a phone hands back when it has shown the alert. */
  receipt: string
  /** A one-time push key prepared for this subscription, where there is one (`push/`). */
  prepared: Buffer | null
}

/**
 * What became of a message. `accepted`: the gateway has it. `gone`: there is nobody there any more.
 * `expired`: the alert's time was over first. `refused`: it will never be taken. `failed`: not taken
 * in all the tries there were. `unwanted`: it was not sent, since a later word or a halt came first.
 */
export type Outcome = 'accepted' | 'gone' | 'expired' | 'refused' | 'failed' | 'unwanted'

/** A page of messages of one alert, all by one channel and service. */
export interface Batch {
  signed: SignedAlert
  /** The exact text the signature is over, without its prefix. */
  document: string
  deliveries: readonly Delivery[]
  /** Nothing is handed over after this. */
  deadline: Date
  /** Asked before each message: false once a later word came or all sending was halted. */
  wanted(): boolean
  /** Called once for each message; what sends them one by one waits for it before the next. */
  onOutcome(id: number, outcome: Outcome): unknown
}

/** Whether it was they who asked for alerts: sent once to a number or address that is not confirmed. */
export interface Question {
  endpoint: Endpoint
  language: string
}

/** Hands messages to the services of one channel; returns when each has its outcome. */
export interface ChannelSender {
  send(batch: Batch): Promise<void>
  /** Asks an owner; `again` is worth another try. Channels that need no confirmation have none. */
  ask?(question: Question): Promise<'accepted' | 'refused' | 'gone' | 'again'>
  stop(): Promise<void>
}

/** The channels this deployment sends by; one that is not configured is not there. */
export type Channels = Partial<Record<Channel, ChannelSender>>
