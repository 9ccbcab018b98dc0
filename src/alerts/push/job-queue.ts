import type { Job } from './job.ts'

/** Jobs in the order they came, and those that wait for their next try. */
export class JobQueue {
  #ready: Job[] = []
  #head = 0
  readonly #waiting = new Set<Job>()

  get size(): number {
    return this.#ready.length - this.#head + this.#waiting.size
  }

  get hasReady(): boolean {
    return this.#head < this.#ready.length
  }

  push(job: Job): void {
    this.#ready.push(job)
  }

  /** The first that is ready; only while `hasReady`. */
  shift(): Job {
    const job = this.#ready[this.#head++] as Job
    if (this.#head === this.#ready.length) {
      this.#ready = []
      this.#head = 0
    }
    return job
  }

  /** Keeps a job until its `notBefore`. */
  wait(job: Job): void {
    this.#waiting.add(job)
  }

  /** Takes all of them out. */
  drain(): Job[] {
    const all = [...this.#ready.slice(this.#head), ...this.#waiting]
    this.#ready = []
    this.#head = 0
    this.#waiting.clear()
    return all
  }

  /** Makes ready what has waited until `now`, and takes out what is over. */
  sweep(now: number, isOver: (job: Job) => boolean): Job[] {
    const over: Job[] = []
    const ready: Job[] = []
    for (const job of this.#ready.slice(this.#head)) (isOver(job) ? over : ready).push(job)
    for (const job of this.#waiting) {
      const ended = isOver(job)
      if (!ended && now < job.notBefore) continue
      this.#waiting.delete(job)
      ;(ended ? over : ready).push(job)
    }
    this.#ready = ready
    this.#head = 0
    return over
  }
}
