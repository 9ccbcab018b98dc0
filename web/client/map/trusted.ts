// MapLibre starts its worker from a string, which Trusted Types refuse. The default policy is asked
// about every such string of the page; it lets one address of ours through, and nothing else.

interface Factory {
  createPolicy(name: string, rules: { createScriptURL(url: string): string }): unknown
  defaultPolicy: unknown
}

/** Lets scripts be started from this one address. Where the browser has no Trusted Types nothing is needed. */
export function allowWorker(address: string): void {
  const factory = (window as { trustedTypes?: Factory }).trustedTypes
  if (!factory || factory.defaultPolicy) return
  const allowed = new URL(address, location.href).href
  factory.createPolicy('default', {
    createScriptURL(url) {
      if (new URL(url, location.href).href === allowed) return url
      throw new TypeError('only the worker of the map may be started')
    },
  })
}
