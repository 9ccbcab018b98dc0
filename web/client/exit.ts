// Quick exit, made quicker: the page goes blank at once and leaves no step to come back to.
// What the phone has kept of the city and of our pages goes with it.
// Without this file the link simply leaves, and nothing was kept. Escape pressed three times within two seconds does the same.
import { forgetPages } from './offline/start-worker.ts'
import { forgetPlaces, leaveEvent } from './places-kept.ts'

const link = document.querySelector<HTMLAnchorElement>('a[data-exit]')

function leave(url: string): void {
  document.title = '\u200b'
  document.body.replaceChildren()
  dispatchEvent(new Event(leaveEvent))
  forgetPages()
  void forgetPlaces().catch(() => undefined)
  location.replace(url)
}

if (link) {
  const { href } = link
  link.addEventListener('click', (event) => {
    event.preventDefault()
    leave(href)
  })
  let presses: number[] = []
  document.addEventListener('keydown', ({ key, timeStamp }) => {
    presses = key === 'Escape' ? [...presses.filter((at) => timeStamp - at < 2000), timeStamp] : []
    if (presses.length === 3) leave(href)
  })
  document.querySelector('[data-exit-keys]')?.removeAttribute('hidden')
}
