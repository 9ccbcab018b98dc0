// Starts the service worker on public pages, once the page itself stands, and has it keep the report form.

interface TrustedTypes {
  createPolicy(
    name: string,
    rules: { createScriptURL(url: string): string },
  ): {
    createScriptURL(url: string): string
  }
}

const address = '/service-worker.js'

/** The page lets no string start a script; this one address of our own may. */
function trusted(): string {
  const types = (self as { trustedTypes?: TrustedTypes }).trustedTypes
  const only = { createScriptURL: () => address }
  return types?.createPolicy('porchlight-service-worker', only).createScriptURL(address) ?? address
}

/** Without https, and in some private windows, there is none: then pages are as they are without it. */
export async function startWorker(): Promise<void> {
  if (!('serviceWorker' in navigator)) return
  await navigator.serviceWorker.register(trusted(), { updateViaCache: 'none' })
  const { active } = await navigator.serviceWorker.ready
  const { lang } = document.documentElement
  active?.postMessage({ keep: `/${lang}/report/offline` })
  // Who looks at one guide may need another where there is no line.
  if (location.pathname.startsWith(`/${lang}/rights`))
    active?.postMessage({ guides: `/${lang}/rights` })
}

/** Quick exit: the pages that were seen go. A sealed report that waits stays: nobody can read it here. */
export function forgetPages(): void {
  navigator.serviceWorker?.controller?.postMessage({ forget: true })
}
