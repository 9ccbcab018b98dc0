// Quick exit, made quicker: the page goes blank at once and leaves no step to come back to.
// Without this file the link simply leaves. Escape pressed three times within two seconds does the same.
const link = document.querySelector<HTMLAnchorElement>('a[data-exit]')

function leave(url: string): void {
  document.title = '\u200b'
  document.body.replaceChildren()
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
