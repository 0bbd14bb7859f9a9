/** Fills for categories, of ink only: a tint with lines over it, which a copier keeps. */
import { type Fill, fillOf } from './styles.ts'

export const patternId = (figure: string, place: number): string => `${figure}-fill-${place}`

export function Patterns({ figure, count }: { figure: string; count: number }) {
  return (
    <defs>
      {Array.from({ length: count }, (_, place) => {
        const { opacity, lines } = fillOf(place, count)
        return (
          <pattern key={lines + opacity} id={patternId(figure, place)} width="6" height="6" patternUnits="userSpaceOnUse">
            <rect width="6" height="6" fill="currentColor" fillOpacity={opacity} />
            {lines !== 'none' && <path d={over[lines]} stroke="currentColor" strokeOpacity="0.65" strokeWidth="0.9" fill="none" />}
          </pattern>
        )
      })}
    </defs>
  )
}

const over: Record<Exclude<Fill['lines'], 'none'>, string> = {
  up: 'M-1 7L7 -1M-1 1L1 -1M5 7L7 5',
  down: 'M-1 -1L7 7M-1 5L1 7M5 -1L7 1',
  dots: 'M2.4 3H3.6',
  level: 'M0 3H6',
  crossed: 'M0 3H6M3 0V6',
}
