import { invalidateAll } from '$app/navigation'

/** How the open page stands with the desk: told of changes, or on its own. */
export interface LiveDesk {
  readonly connected: boolean
}

/** Reloads the page's data whenever the desk says that something changed. Call in a component. */
export function liveDesk(): LiveDesk {
  let connected = $state(true)
  $effect(() => {
    const source = new EventSource('/api/v1/desk/stream')
    source.addEventListener('changed', () => void invalidateAll())
    source.onopen = () => {
      // What happened before there was a line was told to nobody here: since the page was made, too.
      void invalidateAll()
      connected = true
    }
    source.onerror = () => {
      connected = false
    }
    return () => source.close()
  })
  return {
    get connected() {
      return connected
    },
  }
}
