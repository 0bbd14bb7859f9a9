import { type ReactNode, useEffect, useRef } from 'react'
import { useDesk } from './language.tsx'

let first = true

interface PageProps {
  title: string
  /** Above the title: the way back. */
  back?: ReactNode
  children: ReactNode
}

/** A page of the desk: its title is that of the window too, and takes the focus when the page changes. */
export function Page({ title, back, children }: PageProps) {
  const { say } = useDesk()
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    // The page that the visitor came in by starts where every page starts.
    if (!first) heading.current?.focus()
    first = false
  }, [])
  useEffect(() => {
    document.title = `${title} - ${say('site')}`
  }, [title, say])
  return (
    <main className="page" id="content">
      {back && <p className="back">{back}</p>}
      <h1 ref={heading} tabIndex={-1}>
        {title}
      </h1>
      {children}
    </main>
  )
}
