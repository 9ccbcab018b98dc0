import { canonicalJson, type Json } from '../kernel/canonical.ts'
import { type Alert, alertPrefix } from './contract-alert.ts'

/** The text an alert's signature is over: a prefix, and its canonical JSON (RFC 8785). */
export const alertText = (alert: Alert): string =>
  alertPrefix + canonicalJson(alert as unknown as Json)
