import type { Channel } from '../contract.ts'

/** A channel and the service it goes through: what shares a page, and a queue. */
export interface Route {
  channel: Channel
  /** The push service's origin; empty for other channels. */
  origin: string
}

/** The last number stands for every push origin that has none of its own. */
const last = 255

/** Numbers for routes, so that a subscription's takes one byte. */
export class ChannelTable {
  private readonly numbers = new Map<string, number>()
  private readonly routes: Route[] = []

  numberOf(route: Route): number {
    const name = `${route.channel} ${route.origin}`
    const known = this.numbers.get(name)
    if (known !== undefined) return known
    if (this.routes.length >= last) return last
    this.numbers.set(name, this.routes.length)
    return this.routes.push(route) - 1
  }

  routeOf(number: number): Route {
    return this.routes[number] ?? { channel: 'webpush', origin: 'other' }
  }
}
