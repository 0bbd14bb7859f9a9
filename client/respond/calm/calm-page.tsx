/** A page for when there is nothing to fill in: what is the case, and what one can do. */
import type { ReactNode } from 'react'
import { PageHeading } from '../../ui/page-heading.tsx'
import { useSpeaking } from '../speaking.tsx'

interface CalmPageProps {
  title: string
  /** What is the case, in paragraphs. */
  text: string[]
  /** What one can do. */
  children?: ReactNode
}

export function CalmPage({ title, text, children }: CalmPageProps) {
  const { say } = useSpeaking()
  return (
    <div className="calm">
      <PageHeading level={1} page={title} title={`${title} – ${say('site')}`}>
        {title}
      </PageHeading>
      {text.map((paragraph) => (
        <p key={paragraph}>{paragraph}</p>
      ))}
      {children && <div className="actions">{children}</div>}
    </div>
  )
}
