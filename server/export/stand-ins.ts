/** How an export says that wording, norms or prices are not the real ones. */
import { formatReference } from '../../instruments/definition.ts'
import type { ExportPlan } from './plan.ts'

export const standInWording = "STAND-IN wording: our own words, not the publisher's list."
export const standInNorm = 'STAND-IN norm: invented figures, not the published ones.'
export const standInPrices = 'STAND-IN prices: invented figures, not what anything costs.'

/** `id@version` of the stand-in instruments, norm tables and price tables behind an export. */
export function standInsIn({ instruments, prices }: ExportPlan): string[] {
  const versions = instruments.flatMap((planned) => planned.versions)
  const lists = versions.filter(({ wording }) => wording.status === 'stand-in').map(formatReference)
  const norms = instruments.flatMap((planned) => planned.norms).filter(({ status }) => status === 'stand-in')
  const invented = [...norms, ...prices.filter(({ status }) => status === 'stand-in')]
  return [...lists, ...new Set(invented.map(({ reference }) => reference))]
}

export const standInWarning = (standIns: string[]): string =>
  `Made with STAND-IN wording, norms or prices (${standIns.join(', ')}): written for this project, not the real ones. Draw no conclusions about families from it.`
