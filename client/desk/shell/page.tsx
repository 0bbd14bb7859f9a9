import type { ReactNode } from 'react'
import { usePathname } from '../../ui/navigation.ts'
import { PageHeading } from '../../ui/page-heading.tsx'
import { useDesk } from './language.tsx'

interface PageProps {
  title: string
  /** Above the title: the way back. */
  back?: ReactNode
  children: ReactNode
}

export function Page({ title, back, children }: PageProps) {
  const { say } = useDesk()
  return (
    <main className="page" id="content">
      {back && <p className="back">{back}</p>}
      <PageHeading level={1} page={usePathname()} title={`${title} - ${say('site')}`}>
        {title}
      </PageHeading>
      {children}
    </main>
  )
}
