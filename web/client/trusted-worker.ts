interface TrustedTypes {
  createPolicy(
    name: string,
    rules: { createScriptURL(url: string): string },
  ): { createScriptURL(url: string): string }
}

const made = new Map<string, string>()

/**
 * The address of a worker as the page's rules want it: no string starts a script there, only what a policy
 * let through, and this one lets through this one address of ours. A policy is made once a page; its name
 * stands in `vite.config.ts`.
 */
export function trustedWorker(policy: string, script: string): string {
  const types = (self as { trustedTypes?: TrustedTypes }).trustedTypes
  if (!types) return script
  const same = (url: string): string => {
    if (url !== script) throw new TypeError('only this worker of ours may be started')
    return url
  }
  const address =
    made.get(policy) ??
    types.createPolicy(policy, { createScriptURL: same }).createScriptURL(script)
  made.set(policy, address)
  return address
}
