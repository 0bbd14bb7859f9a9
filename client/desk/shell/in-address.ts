/** Choices on a page stand in its address, beside each other, so that what is seen can be kept and sent to a colleague. */
import { navigate, useSearch } from '../../ui/navigation.ts'

/** The address of this page with other choices; null takes one out. */
export function inAddress(change: Record<string, string | null>): string {
  const parameters = new URLSearchParams(location.search)
  for (const [name, value] of Object.entries(change)) {
    if (value === null) parameters.delete(name)
    else parameters.set(name, value)
  }
  return `${location.pathname}${parameters.size > 0 ? `?${parameters}` : ''}`
}

/** One choice, and how to choose otherwise; that is no step of its own for whoever goes back. */
export function useInAddress(name: string): [value: string | null, choose: (value: string | null) => void] {
  const value = new URLSearchParams(useSearch()).get(name)
  return [value, (chosen) => navigate(inAddress({ [name]: chosen }), { replace: true })]
}
