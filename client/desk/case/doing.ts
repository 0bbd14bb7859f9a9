/** What is being done on the page of a family, as its address says: `?do=send-again&person=...`. */
import { navigate, useSearch } from '../../ui/navigation.ts'

/** What an action is about beside the family; in the address, so that a link can open it filled in. */
const parts = ['do', 'person'] as const
export const menu = 'menu'

const withDoing = (change: Partial<Record<(typeof parts)[number], string>>): string => {
  const parameters = new URLSearchParams(location.search)
  for (const name of parts) parameters.delete(name)
  for (const [name, value] of Object.entries(change)) parameters.set(name, value)
  return `${location.pathname}${parameters.size > 0 ? `?${parameters}` : ''}`
}

/** Opens an action over the page. */
export const begin = (action: string, about: { person?: string | undefined } = {}): void =>
  navigate(withDoing({ do: action, ...(about.person !== undefined && { person: about.person }) }))

export const endDoing = (): void => navigate(withDoing({}), { replace: true })

export function useDoing(): { action: string | null; person: string | null } {
  const parameters = new URLSearchParams(useSearch())
  return { action: parameters.get('do'), person: parameters.get('person') }
}
