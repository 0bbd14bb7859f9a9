/** The geometry of a figure of z scores: pure, so that it can be checked without a page. */

export interface BandEdge {
  id: string
  label: Record<string, string>
  /** Distance from 0 in the bad direction at which the band begins; null for the mildest. */
  from: number | null
}

export interface Strip extends BandEdge {
  /** Place among the bands, mildest first. */
  severity: number
  top: number
  bottom: number
}

/** Least and most z that a figure shows: whole standard deviations, wide enough for every point and for all bands. */
export function zDomain(values: number[], worse: 'high' | 'low'): [lowest: number, highest: number] {
  const bad = 3
  const good = 2
  const [least, most] = worse === 'high' ? [-good, bad] : [-bad, good]
  return [Math.min(least, ...values.map((z) => Math.floor(z))), Math.max(most, ...values.map((z) => Math.ceil(z)))]
}

/** Height at which z stands in a figure of `height`, higher z higher up. */
export const heightOf = (z: number, [lowest, highest]: [number, number], height: number): number =>
  ((highest - z) / (highest - lowest)) * height

/** The bands as strips of the figure. In z they lie above 0 when high is worse and below 0 when low is. */
export function stripsOf(bands: BandEdge[], worse: 'high' | 'low', domain: [number, number], height: number): Strip[] {
  const direction = worse === 'high' ? 1 : -1
  const [lowest, highest] = domain
  const end = worse === 'high' ? highest : -lowest
  const start = worse === 'high' ? lowest : -highest
  return bands.flatMap((band, severity) => {
    const from = band.from ?? start
    const to = Math.min(bands[severity + 1]?.from ?? end, end)
    if (from >= to) return []
    const edges = [heightOf(direction * from, domain, height), heightOf(direction * to, domain, height)]
    return [{ ...band, severity, top: Math.min(...edges), bottom: Math.max(...edges) }]
  })
}
