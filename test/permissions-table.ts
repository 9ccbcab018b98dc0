import { roles } from '../src/desk/index.ts'
import type { Permit } from '../src/kernel/http/actor.ts'

const readers = ['operator', 'verifier', 'approver', 'dispatcher'] as const
const everyone = [...roles]

/**
 * Every route and who may call it, written a second time on purpose: a route that is not here
 * fails, and each is tried as everybody, so that what it does is what this says.
 */
export const table: Record<string, Permit> = {
  'GET /healthz': 'anyone',
  'GET /readyz': 'anyone',
  'GET /metrics': 'anyone',
  'GET /.well-known/security.txt': 'anyone',
  'GET /api/openapi.json': 'anyone',
  'GET /api/v1/places': 'anyone',
  'GET /api/v1/places/nearest': 'anyone',
  'GET /api/v1/places/index': 'anyone',
  'GET /tiles/:file': 'anyone',
  'POST /api/v1/reports': 'anyone',
  'GET /api/v1/reports/mine': 'anyone',
  'GET /api/v1/reports/effort': 'anyone',
  'DELETE /api/v1/reports/mine': 'anyone',
  'POST /api/v1/reports/mine/additions': 'anyone',
  'GET /api/v1/incidents': 'anyone',
  'GET /api/v1/incidents/:id': 'anyone',
  'GET /api/v1/stream': 'anyone',
  'POST /api/v1/check': 'anyone',
  'GET /feeds/alerts.atom': 'anyone',
  'GET /feeds/alerts.cap.atom': 'anyone',
  'GET /feeds/alerts.json': 'anyone',
  'GET /feeds/alerts.geojson': 'anyone',
  'GET /cap/:file': 'anyone',
  'POST /api/v1/desk/session/begin': 'anyone',
  'POST /api/v1/desk/session/finish': 'anyone',
  'DELETE /api/v1/desk/session': 'anyone',
  'POST /api/v1/desk/enrolments/:secret/begin': 'anyone',
  'POST /api/v1/desk/enrolments/:secret/finish': 'anyone',
  'POST /api/v1/desk/session/step-up/begin': everyone,
  'POST /api/v1/desk/session/step-up/finish': everyone,
  'GET /api/v1/desk/me': everyone,
  'POST /api/v1/desk/me/enrolment': everyone,
  'DELETE /api/v1/desk/me/passkeys/:id': everyone,
  'GET /api/v1/desk/people/:id': everyone,
  'GET /api/v1/desk/people': ['admin'],
  'POST /api/v1/desk/people': ['admin'],
  'POST /api/v1/desk/people/:id/roles': ['admin'],
  'POST /api/v1/desk/people/:id/enrolment': ['admin'],
  'POST /api/v1/desk/people/:id/suspend': ['admin'],
  'POST /api/v1/desk/people/:id/resume': ['admin'],
  'POST /api/v1/desk/people/:id/tokens/revoke': ['admin'],
  'POST /api/v1/desk/organisations/:id/suspend': ['admin'],
  'POST /api/v1/desk/organisations/:id/resume': ['admin'],
  'GET /api/v1/desk/organisations': ['admin'],
  'GET /api/v1/desk/audit': ['admin'],
  'GET /api/v1/desk/reports/:id/held-back': ['records'],
  'POST /api/v1/desk/reports': ['operator', 'verifier', 'dispatcher'],
  'GET /api/v1/desk/queue': readers,
  'GET /api/v1/desk/links': readers,
  'GET /api/v1/desk/stream': readers,
  'GET /api/v1/desk/incidents/:id': readers,
  'POST /api/v1/desk/incidents/:id/findings': ['verifier', 'operator'],
  'POST /api/v1/desk/incidents/:id/sign-off': ['approver'],
  'POST /api/v1/desk/incidents/:id/end': readers,
  'POST /api/v1/desk/incidents/:id/correct': readers,
  'POST /api/v1/desk/incidents/merge': ['operator'],
  'POST /api/v1/desk/incidents/:id/split': ['operator'],
  'POST /api/v1/desk/incidents/:id/undo': ['operator'],
  'POST /api/v1/desk/incidents/:id/place': ['operator', 'verifier'],
}
/** They answer for as long as somebody listens: only their refusals are tried here. */
export const endless = new Set(['GET /api/v1/stream', 'GET /api/v1/desk/stream'])
