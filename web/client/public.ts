// On every public page: quick exit, and what makes the next page work without a line.
import './exit.ts'
import { startWorker } from './offline/start-worker.ts'

// After the page and all it needs: the first visit waits for nothing of this.
const idle = window.requestIdleCallback ?? setTimeout
const start = (): unknown => idle(() => void startWorker().catch(() => undefined))
if (document.readyState === 'complete') start()
else addEventListener('load', start, { once: true })
