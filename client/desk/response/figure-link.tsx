import type { ReactNode } from 'react'
import { type CaseChoice, searchOf } from '../cases/api.ts'
import { Link } from '../shell/link.tsx'
import { useStudy } from '../shell/study.tsx'

/** A figure that opens the families behind it; a nought has none. */
export function FigureLink({ cases, choice, children }: { cases: number; choice: CaseChoice; children?: ReactNode }) {
  const { at } = useStudy()
  if (cases === 0) return children ?? 0
  return <Link href={at(`/cases${searchOf(choice)}`)}>{children ?? cases}</Link>
}
