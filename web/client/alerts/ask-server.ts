// Asks the server, from page and service worker alike.

/** Why something was not done; its name is which text of the page says so. */
export class Refused extends Error {}

const texts: Record<string, string> = {
  'alerts/too-wide': 'too-wide',
  'alerts/outside-the-city': 'outside',
  'alerts/channel-off': 'channel-off',
  'alerts/endpoint-missing': 'address',
  'alerts/endpoint-refused': 'address',
  'alerts/number-refused': 'address',
}

/** Sends JSON and reads the answer; throws Refused with the text for what the server said. */
export async function post<Answer>(path: string, body: object): Promise<Answer> {
  const answer = await fetch(path, {
    method: 'POST',
    credentials: 'omit',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  }).catch(() => null)
  const read = await answer?.json().catch(() => null)
  if (!answer?.ok) throw new Refused(texts[read?.code] ?? 'unexpected')
  return read as Answer
}

/** Ends a subscription at the server; the answer to a capability that is used up is the same. Throws Refused. */
export async function endAtServer(capability: string): Promise<void> {
  const answer = await fetch(`/api/v1/subscriptions/${encodeURIComponent(capability)}`, {
    method: 'DELETE',
    credentials: 'omit',
  }).catch(() => null)
  if (!answer?.ok) throw new Refused('still-on')
}
