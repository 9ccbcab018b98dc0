// What we use of node-smpp, which brings no types of its own.
declare module 'smpp' {
  import type { EventEmitter } from 'node:events'
  import type { Server as NetServer } from 'node:net'

  export interface Pdu {
    command: string
    command_status: number
    [field: string]: unknown
    response(fields?: object): Pdu
  }
  export interface Session extends EventEmitter {
    bind_transceiver(fields: object, answered: (pdu: Pdu) => void): boolean
    submit_sm(fields: object, answered: (pdu: Pdu) => void): boolean
    send(pdu: Pdu): boolean
    close(done?: () => void): void
    destroy(done?: () => void): void
  }
  const smpp: {
    connect(options: { url: string; auto_enquire_link_period?: number }): Session
    createServer(listener: (session: Session) => void): NetServer
  }
  export default smpp
}
