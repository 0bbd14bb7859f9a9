/** Which study a page is about, and where its pages are. */
import { createContext, type ReactNode, useContext, useMemo } from 'react'

interface StudyPlace {
  id: string
  /** The address of a page of the study: `/cases`. */
  at(path: string): string
}

const Place = createContext<StudyPlace | null>(null)

export const studyAddress = (id: string, path = ''): string => `/desk/studies/${id}${path}`

/** `id`: null where a page is about no study, or about several. */
export function StudyProvider({ id, children }: { id: string | null; children: ReactNode }) {
  const place = useMemo<StudyPlace | null>(() => (id === null ? null : { id, at: (path) => studyAddress(id, path) }), [id])
  return <Place value={place}>{children}</Place>
}

export function useStudy(): StudyPlace {
  const place = useContext(Place)
  if (!place) throw new Error('useStudy outside of StudyProvider')
  return place
}

/** The study in an address, and the rest of the path within it. */
export function studyIn(path: string): { id: string; rest: string } | null {
  const [, id, rest = ''] = /^\/desk\/studies\/([a-z][a-z0-9-]*)(\/.*)?$/.exec(path) ?? []
  return id === undefined ? null : { id, rest }
}
