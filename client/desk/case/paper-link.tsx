import type { ReactNode } from 'react'
import { useDesk } from '../shell/language.tsx'
import { useStudy } from '../shell/study.tsx'

interface PaperLinkProps {
  code: string
  /** The pseudonym of whoever fills it in. */
  person: string
  assignment: string
  children: ReactNode
}

/** A list as a page to print, in a window of its own: what is typed here stays. */
export function PaperLink({ code, person, assignment, children }: PaperLinkProps) {
  const { language } = useDesk()
  const { id } = useStudy()
  const parts = ['studies', id, 'cases', code, 'people', person, 'paper', assignment, 'html'].map(encodeURIComponent)
  return (
    <a href={`/api/desk/${parts.join('/')}?in=${language === 'en' ? 'en' : 'nl'}`} target="_blank" rel="noopener">
      {children}
    </a>
  )
}
