/** Counts of what re-scoring changes, per scale, wave, old norm table and new one. Pure. */
import { formatReference } from '../../instruments/definition.ts'
import type { Scorable } from '../queries/rescoring.ts'
import type { Score } from '../queries/responses.ts'

export interface RescoreLine {
  /** `id@version`. */
  instrument: string
  scale: string
  wave: string
  /** Norm tables as `id@version`; null: none. */
  from: string | null
  to: string | null
  /** New scores. */
  scores: number
  /** Of these, how many get another z, and another band. */
  z: number
  bands: number
}

export class RescoreTotals {
  readonly #lines = new Map<string, RescoreLine>()
  #responses = 0

  /** Adds a response of which something changes. */
  addResponse(): void {
    this.#responses++
  }

  add(place: Pick<RescoreLine, 'instrument' | 'scale' | 'wave' | 'from' | 'to'>, changes: { z: boolean; band: boolean }): void {
    const key = JSON.stringify(place)
    const line = this.#lines.get(key) ?? { ...place, scores: 0, z: 0, bands: 0 }
    line.scores++
    line.z += Number(changes.z)
    line.bands += Number(changes.band)
    this.#lines.set(key, line)
  }

  sum(): { responses: number; scores: number; bands: number; lines: RescoreLine[] } {
    const lines = [...this.#lines].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, line]) => line)
    const total = (key: 'scores' | 'bands') => lines.reduce((sum, line) => sum + line[key], 0)
    return { responses: this.#responses, scores: total('scores'), bands: total('bands'), lines }
  }
}

/** Counts the new scores of one response beside those that count now. */
export function countChanges(totals: RescoreTotals, { wave, scores }: Scorable, rows: Omit<Score, 'id'>[]): void {
  if (rows.length > 0) totals.addResponse()
  for (const row of rows) {
    const before = scores.get(row.scale)
    totals.add(
      {
        instrument: formatReference({ id: row.instrumentId, version: row.instrumentVersion }),
        scale: row.scale,
        wave,
        from: before ? normOf(before) : null,
        to: normOf(row),
      },
      { z: (before?.z ?? null) !== row.z, band: (before?.band ?? null) !== row.band },
    )
  }
}

const normOf = ({ normId, normVersion }: Pick<Score, 'normId' | 'normVersion'>): string | null =>
  normId !== null && normVersion !== null ? formatReference({ id: normId, version: normVersion }) : null
