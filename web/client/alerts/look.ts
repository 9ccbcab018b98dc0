// Whether what this phone shows bears the plain name and icon. Kept by the page's own store, apart from any subscription:
// it may be chosen before there is one.

const name = 'look'

/** Takes what the address says (`?app=plain`, `?app=own`), if it says something; answers what holds. */
export function plainLook(): boolean {
  try {
    const chosen = new URLSearchParams(location.search).get('app')
    if (chosen === 'plain') localStorage.setItem(name, chosen)
    else if (chosen === 'own') localStorage.removeItem(name)
    return localStorage.getItem(name) === 'plain'
  } catch {
    // No store: what the address says holds for this page.
    return new URLSearchParams(location.search).get('app') === 'plain'
  }
}
