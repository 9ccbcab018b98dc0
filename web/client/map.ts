// The button of the map. Nothing of the map is loaded before it is pressed; without this file there
// is no button, and the list beside it says the same.
const root = document.querySelector<HTMLElement>('[data-map]')
const button = root?.querySelector<HTMLButtonElement>('[data-map-open]')

function load(part: HTMLElement): Promise<unknown> {
  const { css = '', script = '', worker = '', tiles = '' } = part.dataset
  const sheet = document.createElement('link')
  sheet.rel = 'stylesheet'
  sheet.href = css
  const styled = new Promise((resolve, reject) => {
    sheet.addEventListener('load', resolve)
    sheet.addEventListener('error', reject)
  })
  document.head.append(sheet)
  // The script asks for these only once it runs: ask at once, and it finds them in the cache.
  void fetch(worker).catch(() => undefined)
  void fetch(tiles, { headers: { range: 'bytes=0-16383' } }).catch(() => undefined)
  return Promise.all([styled, import(/* @vite-ignore */ script)])
}

if (root && button) {
  const status = root.querySelector<HTMLElement>('[data-map-status]')
  button.addEventListener('click', () => {
    button.disabled = true
    if (status) status.textContent = root.dataset.loading ?? ''
    load(root).catch(() => {
      button.disabled = false
      if (status) status.textContent = root.dataset.failed ?? ''
    })
  })
  root.hidden = false
  root.closest<HTMLElement>('[data-map-section]')?.removeAttribute('hidden')
}
