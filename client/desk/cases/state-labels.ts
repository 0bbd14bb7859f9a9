import type { CaseSummary } from '../api.ts'

/** How a case stands, in words. */
export const stateLabels = {
  answering: 'stateAnswering',
  waiting: 'stateWaiting',
  ended: 'stateEnded',
} as const satisfies Record<CaseSummary['state'], string>
