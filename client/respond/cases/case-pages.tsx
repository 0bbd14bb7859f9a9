/** The pages of staff and referrers about their cases. Parents do not fetch them. */
import { type ComponentType, useEffect, useState } from 'react'
import { Loading } from '../calm/loading.tsx'
import type { PacketProps } from '../packet/packet-pages.tsx'
import type { CaseProps } from './case-page.tsx'

interface Pages {
  CasesPage: ComponentType<PacketProps>
  CasePage: ComponentType<CaseProps>
}

let pages: Pages | null = null

/** Once; where they are there already a page is drawn with them at once, on the server too. */
export async function fetchCasePages(): Promise<Pages> {
  if (pages) return pages
  const [{ CasesPage }, { CasePage }] = await Promise.all([import('./cases-page.tsx'), import('./case-page.tsx')])
  pages = { CasesPage, CasePage }
  return pages
}

/** Throws, for `Mishap` to tell, when they cannot be fetched. */
function useCasePages(): Pages | null {
  const [there, setThere] = useState<Pages | { reason: unknown } | null>(pages)
  useEffect(() => {
    if (!there) fetchCasePages().then(setThere, (reason: unknown) => setThere({ reason }))
  }, [there])
  if (there && 'reason' in there) throw there.reason
  return there
}

export function Cases(props: PacketProps) {
  const there = useCasePages()
  return there ? <there.CasesPage {...props} /> : <Loading />
}

export function Case(props: CaseProps) {
  const there = useCasePages()
  return there ? <there.CasePage {...props} /> : <Loading />
}
