import type { Job } from './api.ts'

/** What a job is about: `veo@1.1.0 2026-12-01`, or norm tables. */
export const whatOf = (job: Pick<Job, 'kind' | 'entry'>): string =>
  'norms' in job.entry ? job.entry.norms.join(', ') : `${job.entry.reference} ${job.entry.from}`
