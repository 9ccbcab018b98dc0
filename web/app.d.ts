import type { App as Porchlight } from '#src/app.ts'

declare global {
  namespace App {
    interface Locals {
      app: Porchlight
    }
    interface Platform {
      req: import('node:http').IncomingMessage & { porchlight: Porchlight }
    }
    interface Error {
      message: string
      code?: string
    }
  }
}
