/**
 * How series and categories are told apart: by colour, and by line, marker and pattern for whoever sees no colour or prints in black.
 * Each colour keeps 3 to 1 against white and against the dark page (tests/client/figures.test.ts).
 */
export type Marker = 'circle' | 'square' | 'triangle' | 'diamond' | 'ring' | 'cross'

export interface SeriesStyle {
  colour: string
  dash: string | undefined
  marker: Marker
}

const styles: SeriesStyle[] = [
  { colour: '#2b7bba', dash: undefined, marker: 'circle' },
  { colour: '#c8581a', dash: '7 4', marker: 'square' },
  { colour: '#7a7a7a', dash: '2 3', marker: 'triangle' },
  { colour: '#238a61', dash: '10 3 2 3', marker: 'diamond' },
  { colour: '#a05fb5', dash: '5 2', marker: 'ring' },
  { colour: '#a8780a', dash: '1 2', marker: 'cross' },
]

export const seriesColours = styles.map(({ colour }) => colour)

/** Of the series at this place; more than there are styles begin again. */
export const styleOf = (place: number): SeriesStyle => styles[place % styles.length] as SeriesStyle

/** How a category is filled: a share of ink between paper and full, and lines over it. */
export interface Fill {
  opacity: number
  lines: 'none' | 'up' | 'down' | 'dots' | 'level' | 'crossed'
}

const fills: Fill[] = [
  { opacity: 0.08, lines: 'none' },
  { opacity: 0.14, lines: 'dots' },
  { opacity: 0.24, lines: 'up' },
  { opacity: 0.42, lines: 'down' },
  { opacity: 0.72, lines: 'none' },
  { opacity: 0.1, lines: 'level' },
  { opacity: 0.3, lines: 'crossed' },
  { opacity: 0.55, lines: 'dots' },
]

/** Of a category among so many: from light to dark where there are few, so that their order is seen. */
export function fillOf(place: number, of: number): Fill {
  const chosen = of <= 5 ? Math.round((place * 4) / Math.max(1, of - 1)) : place % fills.length
  return fills[chosen] as Fill
}
