/** How an export says that wording or norms are not the real ones. */
import { formatReference } from '../../instruments/definition.ts'
import type { ExportPlan } from './plan.ts'

export const standInWording = "STAND-IN wording: our own words, not the publisher's list."
export const standInNorm = 'STAND-IN norm: invented figures, not the published ones.'

/** `id@version` of the stand-in instruments and norm tables behind an export. */
export function standInsIn({ instruments }: ExportPlan): string[] {
  const lists = instruments
    .filter(({ instrument }) => instrument.wording.status === 'stand-in')
    .map(({ instrument }) => formatReference(instrument))
  const norms = instruments.flatMap((planned) => planned.norms).filter(({ status }) => status === 'stand-in')
  return [...lists, ...new Set(norms.map(({ reference }) => reference))]
}

export const standInWarning = (standIns: string[]): string =>
  `Made with STAND-IN wording or norms (${standIns.join(', ')}): written for this project because the real ones are licensed. Draw no conclusions about families from it.`
